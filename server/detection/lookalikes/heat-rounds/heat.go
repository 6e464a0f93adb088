// Package heat simulates how heat spreads along a rod.
package heat

import "sync"

// Rod is split into cells.
type Rod struct {
	now, next []float64
	round     sync.WaitGroup
	workers   int
}

// New returns a rod with the given temperatures.
func New(cells []float64, workers int) *Rod {
	return &Rod{now: cells, next: make([]float64, len(cells)), workers: workers}
}

// Steps advances the simulation and returns the temperatures.
func (r *Rod) Steps(n int) []float64 {
	chunk := (len(r.now) + r.workers - 1) / r.workers
	for range n {
		for from := 0; from < len(r.now); from += chunk {
			r.round.Go(func() { r.update(from, min(from+chunk, len(r.now))) })
		}
		r.round.Wait()
		r.now, r.next = r.next, r.now
	}
	return r.now
}

func (r *Rod) update(from, to int) {
	for i := from; i < to; i++ {
		left, right := max(i-1, 0), min(i+1, len(r.now)-1)
		r.next[i] = (r.now[left] + r.now[i] + r.now[right]) / 3
	}
}
