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
	size    int
	workers sync.WaitGroup

	mu     sync.Mutex
	room   *sync.Cond // for those who submit: a job was taken, a worker is free, or the crew is closed
	work   *sync.Cond // for the workers: there is a job, or the crew is closed
	jobs   []func()   // accepted, not yet taken
	free   int        // workers that wait for a job
	closed bool
}

// New starts workers, which share a list of at most size waiting jobs.
func New(workers, size int) *Crew {
	c := &Crew{size: size}
	c.room, c.work = sync.NewCond(&c.mu), sync.NewCond(&c.mu)
	for range workers {
		c.workers.Go(func() {
			for job := c.next(); job != nil; job = c.next() {
				job()
			}
		})
	}
	return c
}

// next waits for a job. It returns nil when the crew is closed and nothing is left to do.
func (c *Crew) next() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free++
	c.room.Signal()
	for len(c.jobs) == 0 && !c.closed {
		c.work.Wait()
	}
	c.free--
	if len(c.jobs) == 0 {
		return nil
	}
	job := c.jobs[0]
	c.jobs[0] = nil
	c.jobs = c.jobs[1:]
	return job
}

// Submit accepts job, waiting while there is no room for it. It returns ErrClosed once Close was called.
func (c *Crew) Submit(job func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return ErrClosed
	}
	c.jobs = append(c.jobs, job)
	c.work.Signal()
	return nil
}

// Close refuses new jobs, and waits until all accepted ones have ended and all workers are gone.
func (c *Crew) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.room.Broadcast()
	c.work.Broadcast()
	c.workers.Wait()
}
