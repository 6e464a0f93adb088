// Package hits counts page hits.
package hits

import (
	"maps"
	"sync"
)

// Snapshot is the state of a Counter at one moment.
type Snapshot struct {
	Total int
	Pages map[string]int
}

// Counter counts hits by page. Make one with New, and do not copy it.
type Counter struct {
	mu    sync.Mutex     // guards all below: total is the sum of pages
	pages map[string]int // never leaves the Counter but by Drain, which replaces it
	total int
}

// New returns a Counter without hits.
func New() *Counter {
	return &Counter{pages: make(map[string]int)}
}

// Hit counts one hit of page.
func (c *Counter) Hit(page string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[page]++
	c.total++
}

// Count returns the hits of page so far.
func (c *Counter) Count(page string) int {
	return c.pages[page]
}

// Total returns the hits of all pages so far.
func (c *Counter) Total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total
}

// Snapshot returns the counts at one moment. The caller owns it.
func (c *Counter) Snapshot() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Snapshot{Total: c.total, Pages: maps.Clone(c.pages)}
}

// Drain returns the counts at one moment and starts again from zero. The caller owns the snapshot.
func (c *Counter) Drain() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := Snapshot{Total: c.total, Pages: c.pages}
	c.pages, c.total = make(map[string]int), 0
	return s
}

// Gauge returns a function that reports the total at the time it is called.
func (c *Counter) Gauge() func() int {
	return c.Total
}
