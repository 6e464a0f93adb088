package watcher

import (
	"strings"
	"sync"
	"sync/atomic"
)

// Watcher counts the changes below a prefix.
type Watcher struct {
	Matched atomic.Int64

	changes chan string
	stop    chan struct{}
	wg      sync.WaitGroup
}

func New(prefix string) *Watcher {
	w := &Watcher{changes: make(chan string)}
	w.Reload(prefix)
	return w
}

// Reload makes the watcher use another prefix.
func (w *Watcher) Reload(prefix string) {
	stop := make(chan struct{})
	w.stop = stop
	w.wg.Go(func() {
		for {
			select {
			case path := <-w.changes:
				if strings.HasPrefix(path, prefix) {
					w.Matched.Add(1)
				}
			case <-stop:
				return
			}
		}
	})
}

// Notify reports a changed path.
func (w *Watcher) Notify(path string) { w.changes <- path }

func (w *Watcher) Close() {
	close(w.stop)
	w.wg.Wait()
}
