// Package crew runs jobs on a fixed number of workers.
package crew

import (
	"errors"
	"sync"
)

// ErrClosed is returned for jobs that come after Close.
var ErrClosed = errors.New("crew: closed")

// Crew runs each job in a goroutine of its own, so many at a time as there are workers. Its methods may be called by
// any number of goroutines.
type Crew struct {
	places  chan struct{} // a token for each job that is accepted and has not ended
	closing chan struct{} // closed by Close
	once    sync.Once

	mu      sync.Mutex
	closed  bool
	free    int      // workers without a job
	waiting []func() // in the order of acceptance; empty while a worker is free
	running sync.WaitGroup
}

// New makes a crew of so many workers, which share a list of at most size waiting jobs.
func New(workers, size int) *Crew {
	return &Crew{
		places:  make(chan struct{}, workers+size),
		closing: make(chan struct{}),
		free:    workers,
	}
}

// Submit accepts job, waiting while there is no room for it. It returns ErrClosed once Close was called.
func (c *Crew) Submit(job func()) error {
	select {
	case c.places <- struct{}{}:
	case <-c.closing:
		return ErrClosed
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		<-c.places
		return ErrClosed
	}
	if c.free == 0 {
		c.waiting = append(c.waiting, job)
		return nil
	}
	c.free--
	c.running.Go(func() { c.work(job) })
	return nil
}

// work runs job, and then whatever is waiting.
func (c *Crew) work(job func()) {
	for job != nil {
		job()
		job = c.next()
		<-c.places
	}
}

func (c *Crew) next() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 0 {
		c.free++
		return nil
	}
	job := c.waiting[0]
	c.waiting = c.waiting[1:]
	return job
}

// Close refuses new jobs, and waits until all accepted ones have ended.
func (c *Crew) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.once.Do(func() { close(c.closing) })
	c.running.Wait()
}
