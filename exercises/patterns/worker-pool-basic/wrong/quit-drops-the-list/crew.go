// Package crew runs jobs on a fixed number of workers.
package crew

import (
	"errors"
	"sync"
)

// ErrClosed is returned for jobs that come after Close.
var ErrClosed = errors.New("crew: closed")

// Crew is a fixed number of workers and a list of jobs for them. Its methods may be called by any number of goroutines.
type Crew struct {
	jobs    chan func()
	workers sync.WaitGroup

	quit chan struct{}
	once sync.Once
}

// New starts workers, which share a list of at most size waiting jobs.
func New(workers, size int) *Crew {
	c := &Crew{jobs: make(chan func(), size), quit: make(chan struct{})}
	for range workers {
		c.workers.Go(c.work)
	}
	return c
}

func (c *Crew) work() {
	for {
		select {
		case job := <-c.jobs:
			job()
		case <-c.quit:
			return
		}
	}
}

// Submit accepts job, waiting while there is no room for it. It returns ErrClosed once Close was called.
func (c *Crew) Submit(job func()) error {
	select {
	case <-c.quit:
		return ErrClosed
	default:
	}
	select {
	case c.jobs <- job:
		return nil
	case <-c.quit:
		return ErrClosed
	}
}

// Close refuses new jobs, and waits until all accepted ones have ended and all workers are gone.
func (c *Crew) Close() {
	c.once.Do(func() { close(c.quit) })
	c.workers.Wait()
}
