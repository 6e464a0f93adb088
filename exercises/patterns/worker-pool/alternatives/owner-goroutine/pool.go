// Package pool runs jobs on a limited number of workers.
package pool

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// Pool runs jobs on MinWorkers to MaxWorkers goroutines. One more goroutine, the owner, has all of the state; everybody
// else talks to it. It never waits for anybody but for the next message.
type Pool struct {
	cfg         Config
	submits     chan *request
	withdrawals chan *request
	freed       chan freed
	queries     chan chan Stats
	closings    chan struct{}
	aborts      chan struct{}
	gone        chan struct{} // closed when the owner has ended
	last        Stats         // valid once gone is closed
}

type request struct {
	job    Job
	wait   bool
	answer chan error // has room for the one answer
}

// freed is what a worker says after each job.
type freed struct {
	worker   chan<- Job
	panicked bool
}

var errWithdrawn = errors.New("pool: withdrawn")

// New starts a pool with cfg.MinWorkers workers.
func New(cfg Config) (*Pool, error) {
	if cfg.MinWorkers < 1 || cfg.MaxWorkers < cfg.MinWorkers || cfg.QueueSize < 0 || cfg.IdleTimeout <= 0 {
		return nil, fmt.Errorf("%w: %+v", ErrConfig, cfg)
	}
	p := &Pool{
		cfg:         cfg,
		submits:     make(chan *request),
		withdrawals: make(chan *request),
		freed:       make(chan freed),
		queries:     make(chan chan Stats),
		closings:    make(chan struct{}),
		aborts:      make(chan struct{}),
		gone:        make(chan struct{}),
	}
	go p.own()
	return p, nil
}

// Submit accepts job, waiting for room as long as ctx allows.
func (p *Pool) Submit(ctx context.Context, job Job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{job: job, wait: true, answer: make(chan error, 1)}
	if !tell(p, p.submits, r) {
		return ErrClosed
	}
	select {
	case err := <-r.answer:
		return err
	case <-ctx.Done():
		tell(p, p.withdrawals, r)
		if err := <-r.answer; err != errWithdrawn {
			return err // it was answered just before
		}
		return ctx.Err()
	}
}

// TrySubmit accepts job, or returns ErrFull when there is no room.
func (p *Pool) TrySubmit(job Job) error {
	r := &request{job: job, answer: make(chan error, 1)}
	if !tell(p, p.submits, r) {
		return ErrClosed
	}
	return <-r.answer
}

// Stats returns the state of the pool at this moment.
func (p *Pool) Stats() Stats {
	answer := make(chan Stats, 1)
	if !tell(p, p.queries, answer) {
		return p.last
	}
	return <-answer
}

// Shutdown refuses new jobs and waits until all accepted ones have run and all workers are gone. When ctx is done
// before that, it cancels the running jobs, drops the queued ones and returns ctx.Err() at once.
func (p *Pool) Shutdown(ctx context.Context) error {
	tell(p, p.closings, struct{}{})
	select {
	case <-p.gone:
		return nil
	case <-ctx.Done():
		tell(p, p.aborts, struct{}{})
		return ctx.Err()
	}
}

// tell sends a message to the owner. It reports false where the owner has ended.
func tell[M any](p *Pool, to chan<- M, message M) bool {
	select {
	case to <- message:
		return true
	case <-p.gone:
		return false
	}
}

// owner is the state of a pool. Only the goroutine in own touches it.
type owner struct {
	*Pool
	ctx     context.Context
	queue   []Job
	waiting []*request
	idle    []idler // the one that became idle last is the last
	workers int
	panics  int
	closed  bool
}

type idler struct {
	worker chan<- Job
	since  time.Time
}

func (p *Pool) own() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := &owner{Pool: p, ctx: ctx}
	for range p.cfg.MinWorkers {
		o.idle = append(o.idle, idler{o.startWorker(), time.Now()})
	}
	for !o.closed || o.workers > 0 {
		select {
		case r := <-p.submits:
			o.submitted(r)
		case r := <-p.withdrawals:
			if i := slices.Index(o.waiting, r); i >= 0 {
				o.waiting = slices.Delete(o.waiting, i, i+1)
				r.answer <- errWithdrawn
			}
		case f := <-p.freed:
			if f.panicked {
				o.panics++
			}
			o.release(f.worker)
		case answer := <-p.queries:
			answer <- o.stats()
		case <-p.closings:
			o.close()
		case <-p.aborts:
			o.queue = nil
			cancel()
		case <-o.nextBoredom():
			o.dismiss(o.idle[0].worker)
			o.idle = slices.Delete(o.idle, 0, 1)
		}
	}
	p.last = o.stats()
	close(p.gone)
}

func (o *owner) stats() Stats {
	return Stats{Workers: o.workers, Running: o.workers - len(o.idle), Queued: len(o.queue), Panics: o.panics}
}

func (o *owner) submitted(r *request) {
	err := o.accept(r.job)
	if err == ErrFull && r.wait {
		o.waiting = append(o.waiting, r)
		return
	}
	r.answer <- err
}

func (o *owner) accept(job Job) error {
	switch last := len(o.idle) - 1; {
	case o.closed:
		return ErrClosed
	case last >= 0:
		o.idle[last].worker <- job
		o.idle = o.idle[:last]
	case o.workers < o.cfg.MaxWorkers:
		o.startWorker() <- job
	case len(o.queue) < o.cfg.QueueSize:
		o.queue = append(o.queue, job)
	default:
		return ErrFull
	}
	return nil
}

func (o *owner) release(worker chan<- Job) {
	if len(o.waiting) > 0 {
		o.queue = append(o.queue, o.waiting[0].job)
		o.waiting[0].answer <- nil
		o.waiting = slices.Delete(o.waiting, 0, 1)
	}
	switch {
	case len(o.queue) > 0:
		worker <- o.queue[0]
		o.queue = slices.Delete(o.queue, 0, 1)
	case o.closed:
		o.dismiss(worker)
	default:
		o.idle = append(o.idle, idler{worker, time.Now()})
	}
}

func (o *owner) close() {
	o.closed = true
	for _, r := range o.waiting {
		r.answer <- ErrClosed
	}
	for _, i := range o.idle {
		o.dismiss(i.worker)
	}
	o.waiting, o.idle = nil, nil
}

func (o *owner) dismiss(worker chan<- Job) {
	close(worker)
	o.workers--
}

// nextBoredom fires when the worker that has been idle for longest has to leave; nil where none has to.
func (o *owner) nextBoredom() <-chan time.Time {
	if len(o.idle) == 0 || o.workers <= o.cfg.MinWorkers {
		return nil
	}
	return time.After(time.Until(o.idle[0].since.Add(o.cfg.IdleTimeout)))
}

// startWorker adds a worker. It reads from a channel with room for the one job it may have been handed.
func (o *owner) startWorker() chan<- Job {
	jobs := make(chan Job, 1)
	o.workers++
	go func() {
		for job := range jobs {
			o.freed <- freed{jobs, panics(job, o.ctx)}
		}
	}()
	return jobs
}

func panics(job Job, ctx context.Context) (panicked bool) {
	defer func() {
		panicked = recover() != nil
	}()
	job(ctx)
	return false
}
