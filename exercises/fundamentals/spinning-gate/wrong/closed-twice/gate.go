// Package gate holds goroutines up until they may go on.
package gate

import (
	"context"
	"sync"
)

// Gate is open or closed. Its methods may be called by any number of goroutines.
type Gate struct {
	mu     sync.Mutex
	open   bool
	opened chan struct{} // closed by the next Open, or closed already while the gate is open
}

// New makes a gate that is closed.
func New() *Gate {
	return &Gate{opened: make(chan struct{})}
}

// Open lets everyone through.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.open {
		g.open = true
		close(g.opened) // wakes all who wait for this opening
	}
}

// Close holds up those who come from now on.
func (g *Gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = false
	g.opened = make(chan struct{})
}

// Wait returns when the gate is open, or the error of ctx when that is done before.
func (g *Gate) Wait(ctx context.Context) error {
	opened := g.opening()
	select {
	case <-opened: // an open gate counts more than a context that is done
		return nil
	default:
	}
	select {
	case <-opened:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// opening is closed when the gate is open, or as soon as it is opened.
func (g *Gate) opening() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opened
}
