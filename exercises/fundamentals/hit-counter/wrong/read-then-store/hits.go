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
	pages sync.Map // string → int
}

// New returns a Counter without hits.
func New() *Counter { return &Counter{} }

// Hit counts one hit of page.
func (c *Counter) Hit(page string) {
	c.pages.Store(page, c.Count(page)+1)
}

// Count returns the hits of page so far.
func (c *Counter) Count(page string) int {
	count, _ := c.pages.Load(page)
	n, _ := count.(int)
	return n
}

// Total returns the hits of all pages so far.
func (c *Counter) Total() int { return c.Snapshot().Total }

// Snapshot returns the counts at one moment.
func (c *Counter) Snapshot() Snapshot {
	s := Snapshot{Pages: make(map[string]int)}
	c.pages.Range(func(page, count any) bool {
		s.Pages[page.(string)] = count.(int)
		s.Total += count.(int)
		return true
	})
	return s
}

// Drain returns the counts at one moment and starts again from zero.
func (c *Counter) Drain() Snapshot {
	s := c.Snapshot()
	c.pages.Clear()
	return s
}

// Gauge returns a function that reports the total at the time it is called.
func (c *Counter) Gauge() func() int { return c.Total }
