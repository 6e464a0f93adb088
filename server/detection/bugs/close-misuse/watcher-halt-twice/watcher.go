// Package watcher feeds file events to a handler until one fails.
package watcher

import "sync"

// Watcher runs a handler on its own goroutine.
type Watcher struct {
	handle func(event string) error
	events chan string
	quit   chan struct{}
	loop   sync.WaitGroup
	err    error
}

// New starts a watcher.
func New(handle func(event string) error) *Watcher {
	w := &Watcher{handle: handle, events: make(chan string), quit: make(chan struct{})}
	w.loop.Go(w.run)
	return w
}

func (w *Watcher) run() {
	for {
		select {
		case event := <-w.events:
			if w.err = w.handle(event); w.err != nil {
				w.halt()
				return
			}
		case <-w.quit:
			return
		}
	}
}

func (w *Watcher) halt() {
	select {
	case <-w.quit:
	default:
		close(w.quit)
	}
}

// Notify passes an event on. It is dropped once the watcher has ended.
func (w *Watcher) Notify(event string) {
	select {
	case w.events <- event:
	case <-w.quit:
	}
}

// Stop ends the watcher and returns the error of the failed event, if any.
func (w *Watcher) Stop() error {
	w.halt()
	w.loop.Wait()
	return w.err
}
