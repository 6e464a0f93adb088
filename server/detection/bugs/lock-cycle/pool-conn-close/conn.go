package pool

import "sync"

type Conn struct {
	mu     sync.Mutex
	pool   *Pool
	closed bool
}

func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		c.pool.drop(c)
	}
}
