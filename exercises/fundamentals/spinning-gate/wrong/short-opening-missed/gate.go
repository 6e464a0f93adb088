// Package gate holds goroutines up until they may go on.
package gate

import (
	"context"
	"sync"
)

// Gate is open or closed. Its methods may be called by any number of goroutines.
type Gate struct {
	mu      sync.Mutex
	changed *sync.Cond // the gate was opened, or somebody gives up
	open    bool
}

// New makes a gate that is closed.
func New() *Gate {
	g := new(Gate)
	g.changed = sync.NewCond(&g.mu)
	return g
}

// Open lets everyone through.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.open {
		g.open = true
		g.changed.Broadcast()
	}
}

// Close holds up those who come from now on.
func (g *Gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = false
}

// Wait returns when the gate is open, or the error of ctx when that is done before.
func (g *Gate) Wait(ctx context.Context) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open {
		return nil
	}
	gaveUp := false
	stop := context.AfterFunc(ctx, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		gaveUp = true
		g.changed.Broadcast()
	})
	defer stop()
	for !g.open && !gaveUp {
		g.changed.Wait()
	}
	if !g.open {
		return ctx.Err()
	}
	return nil
}
