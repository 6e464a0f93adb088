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

	// closing is shared by those who send on jobs and held alone by the one who closes it: nobody sends on a closed
	// channel. It guards closed.
	closing sync.RWMutex
	closed  bool
}

// New starts workers, which share a list of at most size waiting jobs.
func New(workers, size int) *Crew {
	c := &Crew{jobs: make(chan func(), size)}
	for range workers {
		c.workers.Go(c.work)
	}
	return c
}

func (c *Crew) work() {
	for job := range c.jobs { // ends when jobs is closed and empty
		job()
	}
}

// Submit accepts job, waiting while there is no room for it. It returns ErrClosed once Close was called.
func (c *Crew) Submit(job func()) error {
	c.closing.RLock()
	defer c.closing.RUnlock()
	if c.closed {
		return ErrClosed
	}
	c.jobs <- job // the workers need no lock to make room
	return nil
}

// Close refuses new jobs, and waits until all accepted ones have ended and all workers are gone.
func (c *Crew) Close() {
	c.closing.Lock()
	if !c.closed {
		c.closed = true
		close(c.jobs)
	}
	c.closing.Unlock()
}
