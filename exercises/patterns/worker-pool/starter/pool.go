// Package pool runs jobs on a limited number of workers.
package pool

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrConfig is matched by the error of New for a configuration that makes no sense.
	ErrConfig = errors.New("pool: invalid configuration")
	// ErrFull is returned by TrySubmit when all workers are busy and the queue has no room.
	ErrFull = errors.New("pool: full")
	// ErrClosed is returned for jobs that come after Shutdown.
	ErrClosed = errors.New("pool: shut down")
)

// Job is a piece of work. Its context is cancelled when the pool is forced to shut down.
type Job func(ctx context.Context)

// Config says how large a pool may be.
type Config struct {
	MinWorkers  int           // workers that are always there
	MaxWorkers  int           // never more than this
	QueueSize   int           // how many accepted jobs may wait for a worker; may be 0
	IdleTimeout time.Duration // a worker beyond MinWorkers that had nothing to do for so long leaves
}

// Stats is the state of a pool at one moment.
type Stats struct {
	Workers int // goroutines that run jobs or wait for one
	Running int // jobs that are being run
	Queued  int // accepted jobs that wait for a worker
	Panics  int // jobs that ended in a panic, so far
}

// Pool runs jobs on MinWorkers to MaxWorkers goroutines. Its methods may be called by any number of goroutines.
type Pool struct {
	// TODO
}

var errTODO = errors.New("not written yet")

// New starts a pool.
func New(cfg Config) (*Pool, error) {
	return nil, errTODO
}

// Submit accepts job, waiting for room as long as ctx allows.
func (p *Pool) Submit(ctx context.Context, job Job) error {
	return errTODO
}

// TrySubmit accepts job, or returns ErrFull when there is no room.
func (p *Pool) TrySubmit(job Job) error {
	return errTODO
}

// Stats returns the state of the pool at this moment.
func (p *Pool) Stats() Stats {
	return Stats{}
}

// Shutdown refuses new jobs and waits until all accepted ones have run and all workers are gone. When ctx is done
// before that, it cancels the running jobs, drops the queued ones and returns ctx.Err() at once.
func (p *Pool) Shutdown(ctx context.Context) error {
	return errTODO
}
