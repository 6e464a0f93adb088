package boom

import "sync"

type Pool struct {
	jobs chan int
	m    map[int]int
	mu   sync.Mutex
}

func New() *Pool { return &Pool{jobs: make(chan int), m: map[int]int{}} }

func (p *Pool) Close() {
	close(p.jobs)
}

func (p *Pool) Submit(n int) {
	p.jobs <- n
}

func (p *Pool) Put(n int) {
	p.m[n%4] = n
}

func (p *Pool) Unlock() {
	p.mu.Unlock()
}

func Deep(n int) int {
	return Deep(n+1) + 1
}

func Nil() int {
	var p *struct{ pad [100]int; n int }
	return p.n
}
