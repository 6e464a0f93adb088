// Package hits counts page hits.
package hits

import "sync"

// Snapshot is the state of a Counter at one moment.
type Snapshot struct {
	Total int
	Pages map[string]int
}

// Counter counts hits by page. Make one with New.
type Counter struct {
	mu    sync.Mutex
	pages map[string]int
	total int
}

// New returns a Counter without hits.
func New() *Counter {
	return &Counter{pages: make(map[string]int)}
}

// Hit counts one hit of page.
func (c *Counter) Hit(page string) {
	c.mu.Lock()
	c.pages[page]++ // maps are not safe for concurrent use
	c.mu.Unlock()
	c.total++
}

// Count returns the hits of page so far.
func (c *Counter) Count(page string) int {
	return c.pages[page]
}

// Total returns the hits of all pages so far.
func (c Counter) Total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total
}

// Snapshot returns the counts at one moment.
func (c *Counter) Snapshot() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Snapshot{Total: c.total, Pages: c.pages}
}

// Drain returns the counts at one moment and starts again from zero.
func (c *Counter) Drain() Snapshot {
	s := c.Snapshot()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages = make(map[string]int)
	c.total = 0
	return s
}

// Gauge returns a function that reports the current total.
func (c *Counter) Gauge() func() int {
	return c.Total
}
