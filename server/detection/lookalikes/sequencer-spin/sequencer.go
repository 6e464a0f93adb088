// Package sequencer lets goroutines take turns in a fixed order.
package sequencer

import (
	"runtime"
	"sync/atomic"
)

// Sequencer hands out turns 0, 1, 2 and so on.
type Sequencer struct {
	turn atomic.Int64
}

// Do waits for turn n, calls fn and begins the next turn.
func (s *Sequencer) Do(n int, fn func()) {
	for s.turn.Load() != int64(n) {
		runtime.Gosched()
	}
	fn()
	s.turn.Store(int64(n) + 1)
}
