// Package pubsub hands events to whoever has subscribed.
package pubsub

import (
	"slices"
	"sync"
)

// Hub hands events to its subscribers. Locks are taken in the order hub, then subscriber.
type Hub[T any] struct {
	size int

	mu     sync.RWMutex
	subs   []*subscriber[T] // never changed, only replaced
	closed bool
}

type subscriber[T any] struct {
	mu    sync.Mutex // held for every send and for the close
	ch    chan T
	ended bool
}

// New makes a hub. For each subscriber up to size events may wait.
func New[T any](size int) *Hub[T] {
	return &Hub[T]{size: size}
}

// Subscribe returns a channel with the events from now on, and what ends it.
func (h *Hub[T]) Subscribe() (events <-chan T, cancel func()) {
	s := &subscriber[T]{ch: make(chan T, h.size)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		s.end()
	} else {
		h.subs = append(slices.Clone(h.subs), s)
	}
	return s.ch, func() { h.remove(s) }
}

// Publish hands event to all subscribers and returns how many got it.
func (h *Hub[T]) Publish(event T) (delivered int) {
	h.mu.RLock()
	subs := h.subs
	h.mu.RUnlock()
	for _, s := range subs {
		if s.offer(event) {
			delivered++
		} else {
			h.remove(s)
		}
	}
	return delivered
}

// Len returns the number of subscribers.
func (h *Hub[T]) Len() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.subs)
}

// Close ends all subscriptions; there will be no others.
func (h *Hub[T]) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, s := range h.subs {
		s.end()
	}
	h.subs = nil
}

func (h *Hub[T]) remove(s *subscriber[T]) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.end()
	h.subs = slices.DeleteFunc(slices.Clone(h.subs), func(other *subscriber[T]) bool { return other == s })
}

// offer hands event over if there is room. A subscriber without room is at its end.
func (s *subscriber[T]) offer(event T) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return false
	}
	select {
	case s.ch <- event:
		return true
	default:
		s.endLocked()
		return false
	}
}

func (s *subscriber[T]) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endLocked()
}

func (s *subscriber[T]) endLocked() {
	if !s.ended {
		s.ended = true
		close(s.ch)
	}
}
