// Package hub notifies subscribers of deployments.
package hub

import (
	"maps"
	"slices"
	"sync"
)

// Hub is safe for use by several goroutines.
type Hub struct {
	mu   sync.Mutex
	next int
	subs map[int]chan string
}

// New returns a hub without subscribers.
func New() *Hub {
	return &Hub{subs: make(map[int]chan string)}
}

// Subscribe returns a channel of notes, which Cancel closes.
func (h *Hub) Subscribe() (id int, notes <-chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next++
	ch := make(chan string, 4)
	h.subs[h.next] = ch
	return h.next, ch
}

// Cancel ends a subscription.
func (h *Hub) Cancel(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.subs[id])
	delete(h.subs, id)
}

// Publish sends a note to all subscribers that have room for it.
func (h *Hub) Publish(note string) {
	h.mu.Lock()
	targets := slices.Collect(maps.Values(h.subs))
	h.mu.Unlock()
	for _, ch := range targets {
		select {
		case ch <- note:
		default:
		}
	}
}
