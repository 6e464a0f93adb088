// Package hits counts page hits.
package hits

import (
	"maps"
	"sync/atomic"
)

// Snapshot is the state of a Counter at one moment.
type Snapshot struct {
	Total int
	Pages map[string]int
}

// Counter counts hits by page. Make one with New.
type Counter struct {
	// state is never changed once it is stored: writers replace it as a whole.
	state atomic.Pointer[Snapshot]
}

// New returns a Counter without hits.
func New() *Counter {
	c := &Counter{}
	c.state.Store(&Snapshot{})
	return c
}

// Hit counts one hit of page.
func (c *Counter) Hit(page string) {
	for {
		old := c.state.Load()
		next := old.clone()
		next.Pages[page]++
		next.Total++
		if c.state.CompareAndSwap(old, &next) {
			return
		}
	}
}

// Count returns the hits of page so far.
func (c *Counter) Count(page string) int { return c.state.Load().Pages[page] }

// Total returns the hits of all pages so far.
func (c *Counter) Total() int { return c.state.Load().Total }

// Snapshot returns the counts at one moment.
func (c *Counter) Snapshot() Snapshot { return c.state.Load().clone() }

// Drain returns the counts at one moment and starts again from zero.
func (c *Counter) Drain() Snapshot {
	// Cloned because a concurrent reader may still be looking at the old state.
	return c.state.Swap(&Snapshot{}).clone()
}

// Gauge returns a function that reports the total at the time it is called.
func (c *Counter) Gauge() func() int { return c.Total }

func (s *Snapshot) clone() Snapshot {
	pages := make(map[string]int, len(s.Pages)+1)
	maps.Copy(pages, s.Pages)
	return Snapshot{Total: s.Total, Pages: pages}
}
