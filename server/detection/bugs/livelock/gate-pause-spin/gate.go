package gate

import (
	"runtime"
	"sync/atomic"
)

// Gate lets writers through except while a checkpoint is being taken.
type Gate struct {
	paused atomic.Bool
	active atomic.Int64
}

// Enter waits until the gate is open.
func (g *Gate) Enter() {
	g.active.Add(1)
	for g.paused.Load() {
		runtime.Gosched()
	}
}

// Leave must be called once for each Enter.
func (g *Gate) Leave() { g.active.Add(-1) }

// Pause shuts the gate and waits for the writers inside.
func (g *Gate) Pause() {
	g.paused.Store(true)
	for g.active.Load() > 0 {
		runtime.Gosched()
	}
}

// Resume opens the gate again.
func (g *Gate) Resume() { g.paused.Store(false) }
