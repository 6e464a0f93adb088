// Package hits counts page hits.
package hits

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Snapshot is the state of a Counter at one moment.
type Snapshot struct {
	Total int
	Pages map[string]int
}

// Counter counts hits by page. Make one with New, and do not copy it.
type Counter struct {
	mu    sync.Mutex     // guards pages
	pages map[string]int // never leaves the Counter but by Drain, which replaces it
	total atomic.Int64
}

// New returns a Counter without hits.
func New() *Counter {
	return &Counter{pages: make(map[string]int)}
}

// Hit counts one hit of page.
func (c *Counter) Hit(page string) {
	c.mu.Lock()
	c.pages[page]++
	c.mu.Unlock()
	c.total.Add(1)
}

// Count returns the hits of page so far.
func (c *Counter) Count(page string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pages[page]
}

// Total returns the hits of all pages so far.
func (c *Counter) Total() int {
	return int(c.total.Load())
}

// Snapshot returns the counts at one moment. The caller owns it.
func (c *Counter) Snapshot() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Snapshot{Total: int(c.total.Load()), Pages: maps.Clone(c.pages)}
}

// Drain returns the counts at one moment and starts again from zero. The caller owns the snapshot.
func (c *Counter) Drain() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := Snapshot{Total: int(c.total.Swap(0)), Pages: c.pages}
	c.pages = make(map[string]int)
	return s
}

// Gauge returns a function that reports the total at the time it is called.
func (c *Counter) Gauge() func() int {
	return c.Total
}
