package pool

import "sync"

type Pool struct {
	jobs chan int
	done map[int]int
	mu   sync.Mutex
}

func New() *Pool { return &Pool{jobs: make(chan int), done: map[int]int{}} }

func (p *Pool) Close() {
	close(p.jobs)
}

func (p *Pool) Submit(n int) {
	p.jobs <- n
}

func (p *Pool) Unlock() {
	p.mu.Unlock()
}

func Deep(n int) int {
	return Deep(n+1) + 1
}
