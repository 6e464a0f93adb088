// Package handshake lets two peers exchange values in rounds.
package handshake

import (
	"context"
	"slices"
	"sync"
)

// Peer is one side of a pair. Its methods may be called by any number of goroutines.
type Peer[T any] struct {
	table *table[T]
	side  int
}

// table is where the calls of both sides meet.
type table[T any] struct {
	mu      sync.Mutex
	waiting [2][]*call[T] // by side, oldest first; at most one of the two has any
}

type call[T any] struct {
	value   T
	partner T
	matched chan struct{} // closed under the lock once partner is set
}

// Pair returns two connected peers.
func Pair[T any]() (*Peer[T], *Peer[T]) {
	t := &table[T]{}
	return &Peer[T]{t, 0}, &Peer[T]{t, 1}
}

// Exchange gives v to the other peer and returns the value that the other peer gave.
// When ctx is done before that, neither side has got anything and Exchange returns ctx.Err().
func (p *Peer[T]) Exchange(ctx context.Context, v T) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	c := p.table.join(p.side, v)
	select {
	case <-c.matched:
		return c.partner, nil
	case <-ctx.Done():
		if p.table.leave(p.side, c) {
			return zero, ctx.Err()
		}
		return c.partner, nil
	}
}

// join matches v with the oldest call of the other side, or queues it.
func (t *table[T]) join(side int, v T) *call[T] {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := &call[T]{value: v, matched: make(chan struct{})}
	other := &t.waiting[1-side]
	if len(*other) == 0 {
		t.waiting[side] = append(t.waiting[side], c)
		return c
	}
	partner := (*other)[0]
	*other = slices.Delete(*other, 0, 1)
	c.partner, partner.partner = partner.value, c.value
	close(c.matched)
	close(partner.matched)
	return c
}

// leave takes c out of the queue. It reports false where c was matched before.
func (t *table[T]) leave(side int, c *call[T]) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.Index(t.waiting[side], c)
	if i < 0 {
		return false
	}
	t.waiting[side] = slices.Delete(t.waiting[side], i, i+1)
	return true
}
