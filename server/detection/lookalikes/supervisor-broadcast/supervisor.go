// Package supervisor runs workers until it is closed.
package supervisor

import (
	"sync"
	"sync/atomic"
)

// Supervisor owns the workers and the channel that stops them.
type Supervisor struct {
	jobs    chan func()
	stop    chan struct{}
	workers sync.WaitGroup
	handled atomic.Int64
}

// New starts n workers.
func New(n int) *Supervisor {
	s := &Supervisor{jobs: make(chan func()), stop: make(chan struct{})}
	for range n {
		s.workers.Go(s.work)
	}
	return s
}

func (s *Supervisor) work() {
	for {
		select {
		case job := <-s.jobs:
			job()
			s.handled.Add(1)
		case <-s.stop:
			return
		}
	}
}

// Do hands a job to a free worker. It must not be called after Close.
func (s *Supervisor) Do(job func()) { s.jobs <- job }

// Close lets the workers end their jobs and returns how many jobs there were.
// It is called once.
func (s *Supervisor) Close() int64 {
	close(s.stop)
	s.workers.Wait()
	return s.handled.Load()
}
