package pool

import "sync"

// Pool tracks all open connections.
type Pool struct {
	mu    sync.Mutex
	conns map[*Conn]struct{}
}

func New() *Pool { return &Pool{conns: make(map[*Conn]struct{})} }

func (p *Pool) Open() *Conn {
	c := &Conn{pool: p}
	p.mu.Lock()
	p.conns[c] = struct{}{}
	p.mu.Unlock()
	return c
}

// Live counts the connections that can still be used.
func (p *Pool) Live() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		c.mu.Lock()
		if !c.closed {
			n++
		}
		c.mu.Unlock()
	}
	return n
}

func (p *Pool) drop(c *Conn) {
	p.mu.Lock()
	delete(p.conns, c)
	p.mu.Unlock()
}
