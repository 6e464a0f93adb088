// Package gate holds goroutines up until they may go on.
package gate

import (
	"context"
	"sync/atomic"
	"time"
)

// Gate is open or closed. Its methods may be called by any number of goroutines.
type Gate struct {
	open atomic.Bool
}

// New makes a gate that is closed.
func New() *Gate {
	return &Gate{}
}

// Open lets everyone through.
func (g *Gate) Open() { g.open.Store(true) }

// Close holds up those who come from now on.
func (g *Gate) Close() { g.open.Store(false) }

// Wait returns when the gate is open, or the error of ctx when that is done before.
func (g *Gate) Wait(ctx context.Context) error {
	for !g.open.Load() {
		if err := ctx.Err(); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}
