package counter

import "sync"

// Counter counts.
type Counter struct {
	mu   sync.Mutex
	hits int
}

// Hit counts one.
func (c *Counter) Hit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits++
}

// Count tells how many there were.
func (c *Counter) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hits + 1
}
