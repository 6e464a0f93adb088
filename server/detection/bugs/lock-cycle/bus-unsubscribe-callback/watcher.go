package bus

import "sync"

// Watcher counts the topics seen on a bus.
type Watcher struct {
	mu     sync.Mutex
	seen   map[string]int
	cancel func()
}

func Watch(b *Bus) *Watcher {
	w := &Watcher{seen: make(map[string]int)}
	w.cancel = b.Subscribe(func(topic string) {
		w.mu.Lock()
		w.seen[topic]++
		w.mu.Unlock()
	})
	return w
}

// Stop ends the subscription and returns the counts.
func (w *Watcher) Stop() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel()
	return w.seen
}
