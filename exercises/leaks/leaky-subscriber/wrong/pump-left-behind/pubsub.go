// Package pubsub hands events to whoever has subscribed.
package pubsub

import "sync"

// Hub hands events to its subscribers. Its methods may be called by any number of goroutines.
type Hub[T any] struct {
	size int

	mu     sync.Mutex
	subs   map[*subscriber[T]]struct{}
	closed bool
}

type subscriber[T any] struct {
	in  chan T // from the publishers
	out chan T // to the reader
}

// New makes a hub. For each subscriber up to size events may wait.
func New[T any](size int) *Hub[T] {
	return &Hub[T]{size: size, subs: make(map[*subscriber[T]]struct{})}
}

// Subscribe returns a channel with the events from now on, and what ends it. The channel is closed after cancel, after
// Close, and when the subscriber is too slow.
func (h *Hub[T]) Subscribe() (events <-chan T, cancel func()) {
	s := &subscriber[T]{in: make(chan T, h.size), out: make(chan T)}
	go s.pump() // so that a slow reader does not slow the publishers

	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(s.in)
		return s.out, func() {}
	}
	h.subs[s] = struct{}{}
	return s.out, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.end(s)
	}
}

// pump moves events from the publishers to the reader.
func (s *subscriber[T]) pump() {
	defer close(s.out)
	for event := range s.in {
		s.out <- event
	}
}

// Publish hands event to all subscribers and returns how many got it.
func (h *Hub[T]) Publish(event T) (delivered int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs {
		select {
		case s.in <- event:
			delivered++
		default: // full: too slow
			h.end(s)
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
	for s := range h.subs {
		h.end(s)
	}
}

// end takes a subscriber off. The lock is held.
func (h *Hub[T]) end(s *subscriber[T]) {
	if _, ok := h.subs[s]; !ok {
		return
	}
	delete(h.subs, s)
	close(s.in)
}
