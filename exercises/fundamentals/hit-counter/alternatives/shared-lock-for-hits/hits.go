// Package hits counts page hits.
package hits

import (
	"sync"
	"sync/atomic"
)

// Snapshot is the state of a Counter at one moment.
type Snapshot struct {
	Total int
	Pages map[string]int
}

// Counter counts hits by page. Make one with New.
type Counter struct {
	// Held shared, a page's number may be raised; held alone, all numbers stand still and pages may come and go.
	mu    sync.RWMutex
	pages map[string]*atomic.Int64
}

// New returns a Counter without hits.
func New() *Counter {
	return &Counter{pages: make(map[string]*atomic.Int64)}
}

// Hit counts one hit of page.
func (c *Counter) Hit(page string) {
	if c.hitKnown(page) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	count, ok := c.pages[page]
	if !ok {
		count = new(atomic.Int64)
		c.pages[page] = count
	}
	count.Add(1)
}

func (c *Counter) hitKnown(page string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	count, ok := c.pages[page]
	if ok {
		count.Add(1)
	}
	return ok
}

// Count returns the hits of page so far.
func (c *Counter) Count(page string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if count, ok := c.pages[page]; ok {
		return int(count.Load())
	}
	return 0
}

// Total returns the hits of all pages so far.
func (c *Counter) Total() int { return c.Snapshot().Total }

// Snapshot returns the counts at one moment.
func (c *Counter) Snapshot() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.copy()
}

// Drain returns the counts at one moment and starts again from zero.
func (c *Counter) Drain() Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.copy()
	clear(c.pages)
	return s
}

// Gauge returns a function that reports the total at the time it is called.
func (c *Counter) Gauge() func() int { return c.Total }

func (c *Counter) copy() Snapshot {
	s := Snapshot{Pages: make(map[string]int, len(c.pages))}
	for page, count := range c.pages {
		n := int(count.Load())
		s.Pages[page] = n
		s.Total += n
	}
	return s
}
