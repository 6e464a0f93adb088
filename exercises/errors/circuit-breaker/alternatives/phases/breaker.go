// Package breaker keeps callers away from a server that does not answer.
package breaker

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

var (
	// ErrConfig is matched by the error of New for a configuration that makes no sense.
	ErrConfig = errors.New("breaker: invalid configuration")
	// ErrOpen is matched by the error of Do for a call that was refused.
	ErrOpen = errors.New("breaker: open")
)

// State is what a breaker does with calls.
type State int

const (
	Closed   State = iota // calls run
	Open                  // calls are refused
	HalfOpen              // a few calls run, to see whether it works again
)

// Config says when a breaker opens and closes.
type Config struct {
	Failures  int                  // so many failures in a row open the breaker
	Cooldown  time.Duration        // how long it is open
	Probes    int                  // so many calls may run at the same time while it is half-open
	Successes int                  // so many successes while it is half-open close it
	IsFailure func(err error) bool // which errors are failures; nil: all
}

// Breaker stands between callers and a server. Its methods may be called by any number of goroutines.
type Breaker struct {
	cfg Config
	now atomic.Pointer[phase]
}

// phase is the time between two changes of state. Calls report to the phase that admitted them, current or not.
type phase struct {
	state     State
	until     time.Time     // Open: end of the cooldown
	failures  atomic.Int64  // Closed: in a row
	successes atomic.Int64  // HalfOpen
	probes    chan struct{} // HalfOpen: has room for those that may run
}

// New returns a closed breaker.
func New(cfg Config) (*Breaker, error) {
	if cfg.Failures < 1 || cfg.Probes < 1 || cfg.Successes < 1 || cfg.Cooldown <= 0 {
		return nil, fmt.Errorf("%w: failures %d, cooldown %v, probes %d, successes %d", ErrConfig, cfg.Failures, cfg.Cooldown, cfg.Probes, cfg.Successes)
	}
	if cfg.IsFailure == nil {
		cfg.IsFailure = func(error) bool { return true }
	}
	b := &Breaker{cfg: cfg}
	b.now.Store(&phase{state: Closed})
	return b, nil
}

// State returns the state of the breaker at this moment.
func (b *Breaker) State() State { return b.current().state }

// Do calls op, or refuses to.
func (b *Breaker) Do(ctx context.Context, op func(ctx context.Context) error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	p := b.current()
	switch p.state {
	case Open:
		return fmt.Errorf("%w until %v", ErrOpen, p.until)
	case HalfOpen:
		select {
		case p.probes <- struct{}{}:
			// Leaves its place only after the outcome is known: the phase may be over then.
			defer func() { <-p.probes }()
		default:
			return fmt.Errorf("%w: busy probing", ErrOpen)
		}
	}

	returned := false
	defer func() {
		if !returned {
			b.failed(p)
		}
	}()
	err := op(ctx)
	answered := err == nil || ctx.Err() != context.Canceled && !b.cfg.IsFailure(err)
	returned = true
	switch {
	case answered:
		b.succeeded(p)
	case ctx.Err() != context.Canceled:
		b.failed(p)
	}
	return err
}

// current returns the current phase. A cooldown that is over is replaced first.
func (b *Breaker) current() *phase {
	for {
		p := b.now.Load()
		if p.state != Open || time.Now().Before(p.until) {
			return p
		}
		b.now.CompareAndSwap(p, &phase{state: HalfOpen, probes: make(chan struct{}, b.cfg.Probes)})
	}
}

func (b *Breaker) succeeded(p *phase) {
	switch p.state {
	case Closed:
		p.failures.Store(0)
	case HalfOpen:
		if p.successes.Add(1) == int64(b.cfg.Successes) {
			b.now.CompareAndSwap(p, &phase{state: Closed})
		}
	}
}

func (b *Breaker) failed(p *phase) {
	if p.state == HalfOpen || p.failures.Add(1) == int64(b.cfg.Failures) {
		b.now.CompareAndSwap(p, &phase{state: Open, until: time.Now().Add(b.cfg.Cooldown)})
	}
}
