// Package crew runs jobs on a fixed number of workers.
package crew

import "errors"

// ErrClosed is returned for jobs that come after Close.
var ErrClosed = errors.New("crew: closed")

// Crew is a fixed number of workers and a list of jobs for them. Its methods may be called by any number of goroutines.
type Crew struct {
	// TODO
}

// New starts workers, which share a list of at most size waiting jobs.
func New(workers, size int) *Crew {
	return &Crew{}
}

// Submit accepts job, waiting while there is no room for it. It returns ErrClosed once Close was called.
func (c *Crew) Submit(job func()) error {
	return nil
}

// Close refuses new jobs, and waits until all accepted ones have ended and all workers are gone.
func (c *Crew) Close() {
}
