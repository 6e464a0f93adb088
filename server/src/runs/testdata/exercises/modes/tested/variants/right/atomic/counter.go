package counter

import "sync/atomic"

// Counter counts.
type Counter struct{ hits atomic.Int64 }

// Hit counts one.
func (c *Counter) Hit() { c.hits.Add(1) }

// Count tells how many there were.
func (c *Counter) Count() int { return int(c.hits.Load()) }
