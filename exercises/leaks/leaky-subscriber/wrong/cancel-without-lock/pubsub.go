// Package pubsub hands events to whoever has subscribed.
package pubsub

import "sync"

// Hub hands events to its subscribers. Its methods may be called by any number of goroutines.
type Hub[T any] struct {
	size int

	mu     sync.Mutex
	subs   map[chan T]struct{} // a channel is open exactly while it is in here
	closed bool
}

// New makes a hub. For each subscriber up to size events may wait.
func New[T any](size int) *Hub[T] {
	return &Hub[T]{size: size, subs: make(map[chan T]struct{})}
}

// Subscribe returns a channel with the events from now on, and what ends it. The channel is closed after cancel, after
// Close, and when the subscriber is too slow.
func (h *Hub[T]) Subscribe() (events <-chan T, cancel func()) {
	ch := make(chan T, h.size)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(ch)
		return ch, func() {}
	}
	h.subs[ch] = struct{}{}
	return ch, func() {
		h.end(ch)
	}
}

// Publish hands event to all subscribers and returns how many got it. Those for which size events wait already are cut off.
func (h *Hub[T]) Publish(event T) (delivered int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs {
		select {
		case ch <- event:
			delivered++
		default:
			h.end(ch)
		}
	}
	return delivered
}

// Len returns the number of subscribers.
func (h *Hub[T]) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.subs)
}

// Close ends all subscriptions; there will be no others.
func (h *Hub[T]) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for ch := range h.subs {
		h.end(ch)
	}
}

// end takes a subscriber off and closes its channel, once. The lock is held: nobody is sending.
func (h *Hub[T]) end(ch chan T) {
	if _, open := h.subs[ch]; !open {
		return
	}
	delete(h.subs, ch)
	close(ch)
}
