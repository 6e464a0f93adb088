// Package pool runs jobs on a limited number of workers.
package pool

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
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
	cfg    Config
	ctx    context.Context // what the jobs get
	cancel context.CancelFunc
	gone   chan struct{} // closed when the pool is shut down and the last worker has left

	mu      sync.Mutex // guards all below
	idle    []*worker  // the one that became idle last is the last
	queue   []Job      // not empty only while MaxWorkers workers are busy
	waiting []*caller  // not empty only while the queue is full
	workers int        // idle ones included
	panics  int
	closed  bool
}

type worker struct {
	// next has room for the one job that a worker may be handed while it is idle. Closed: leave.
	next chan Job
}

// caller is a Submit that waits for room.
type caller struct {
	job    Job
	answer chan error // has room for the one answer
}

// New starts a pool with cfg.MinWorkers workers.
func New(cfg Config) (*Pool, error) {
	if cfg.MinWorkers < 1 || cfg.MaxWorkers < cfg.MinWorkers || cfg.QueueSize < 0 || cfg.IdleTimeout <= 0 {
		return nil, fmt.Errorf("%w: %+v", ErrConfig, cfg)
	}
	p := &Pool{cfg: cfg, gone: make(chan struct{})}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.mu.Lock()
	defer p.mu.Unlock()
	for range cfg.MinWorkers {
		p.idle = append(p.idle, p.startWorker())
	}
	return p, nil
}

// Submit accepts job, waiting for room as long as ctx allows.
func (p *Pool) Submit(ctx context.Context, job Job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p.mu.Lock()
	err := p.accept(job)
	if err != ErrFull {
		p.mu.Unlock()
		return err
	}
	c := &caller{job: job, answer: make(chan error, 1)}
	p.waiting = append(p.waiting, c)
	p.mu.Unlock()

	select {
	case err, ok := <-c.answer:
		if !ok {
			return ErrClosed
		}
		return err
	case <-ctx.Done():
		if p.withdraw(c) {
			return ctx.Err()
		}
		return <-c.answer // it was answered just before
	}
}

// TrySubmit accepts job, or returns ErrFull when there is no room.
func (p *Pool) TrySubmit(job Job) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accept(job)
}

// Stats returns the state of the pool at this moment.
func (p *Pool) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{Workers: p.workers, Running: p.workers - len(p.idle), Queued: len(p.queue), Panics: p.panics}
}

// Shutdown refuses new jobs and waits until all accepted ones have run and all workers are gone. When ctx is done
// before that, it cancels the running jobs, drops the queued ones and returns ctx.Err() at once.
func (p *Pool) Shutdown(ctx context.Context) error {
	p.close()
	select {
	case <-p.gone:
		return nil
	case <-ctx.Done():
		p.abort()
		return ctx.Err()
	}
}

// accept finds a place for a job that arrives: an idle worker, a new one, or the queue. p.mu is held.
func (p *Pool) accept(job Job) error {
	switch last := len(p.idle) - 1; {
	case p.closed:
		return ErrClosed
	case last >= 0:
		p.idle[last].next <- job
		p.idle = p.idle[:last]
	case p.workers < p.cfg.MaxWorkers:
		p.startWorker().next <- job
	case len(p.queue) < p.cfg.QueueSize:
		p.queue = append(p.queue, job)
	default:
		return ErrFull
	}
	return nil
}

// release finds something to do for a worker that has become free. p.mu is held.
func (p *Pool) release(w *worker) {
	if len(p.waiting) > 0 { // taking a job from the queue makes room for the first caller
		p.queue = append(p.queue, p.waiting[0].job)
		p.waiting[0].answer <- nil // its receiver may have been told to go
		p.waiting = slices.Delete(p.waiting, 0, 1)
	}
	switch {
	case len(p.queue) > 0:
		w.next <- p.queue[0]
		p.queue = slices.Delete(p.queue, 0, 1)
	case p.closed:
		p.dismiss(w)
	default:
		p.idle = append(p.idle, w)
	}
}

// startWorker adds a worker that waits for its first job. p.mu is held.
func (p *Pool) startWorker() *worker {
	w := &worker{next: make(chan Job, 1)}
	p.workers++
	go p.work(w)
	return w
}

func (p *Pool) work(w *worker) {
	for {
		job, ok := p.receive(w)
		if !ok {
			return
		}
		panicked := p.run(job)
		p.mu.Lock()
		if panicked {
			p.panics++
		}
		p.release(w)
		p.mu.Unlock()
	}
}

// receive waits for the next job. It reports false when the worker has to leave.
func (p *Pool) receive(w *worker) (Job, bool) {
	timeout := time.NewTimer(p.cfg.IdleTimeout)
	defer timeout.Stop()
	for {
		select {
		case job, ok := <-w.next:
			return job, ok
		case <-timeout.C:
			if p.retire(w) {
				return nil, false
			}
			// One of the last MinWorkers, or just handed a job: no need to look at the clock again.
		}
	}
}

func (p *Pool) run(job Job) (panicked bool) {
	defer func() {
		panicked = recover() != nil
	}()
	job(p.ctx)
	return false
}

// retire takes an idle worker out of the pool. It reports false where the worker is needed.
func (p *Pool) retire(w *worker) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.Index(p.idle, w)
	if i < 0 || p.workers <= p.cfg.MinWorkers {
		return false
	}
	p.idle = slices.Delete(p.idle, i, i+1)
	p.workers--
	return true
}

// withdraw takes back a job that is not accepted yet. It reports false where the caller has been answered.
func (p *Pool) withdraw(c *caller) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.Index(p.waiting, c)
	if i < 0 {
		return false
	}
	p.waiting = slices.Delete(p.waiting, i, i+1)
	return true
}

func (p *Pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.closed = true
	for _, c := range p.waiting {
		close(c.answer)
	}
	for _, w := range p.idle {
		p.dismiss(w)
	}
	p.idle = nil
}

func (p *Pool) abort() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = nil
	p.cancel()
}

// dismiss lets a worker go after the pool was closed. p.mu is held.
func (p *Pool) dismiss(w *worker) {
	close(w.next)
	p.workers--
	if p.workers == 0 {
		p.cancel() // frees the context
		close(p.gone)
	}
}
