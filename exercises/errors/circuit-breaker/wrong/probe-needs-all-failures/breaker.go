// Package breaker keeps callers away from a server that does not answer.
package breaker

import (
	"context"
	"errors"
	"fmt"
	"sync"
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

	mu    sync.Mutex // guards all below
	state State      // Open may be over: see refresh
	// period is the number of changes of state so far. An outcome counts only in the period of its admission.
	period    uint64
	until     time.Time // end of the cooldown, while open
	failures  int       // in a row, while closed
	running   int       // probes, while half-open
	successes int       // of probes, while half-open
}

// outcome is what a call says about the server.
type outcome int

const (
	failure outcome = iota
	success
	neither
)

// New returns a closed breaker.
func New(cfg Config) (*Breaker, error) {
	if cfg.Failures < 1 || cfg.Probes < 1 || cfg.Successes < 1 || cfg.Cooldown <= 0 {
		return nil, fmt.Errorf("%w: failures %d, cooldown %v, probes %d, successes %d", ErrConfig, cfg.Failures, cfg.Cooldown, cfg.Probes, cfg.Successes)
	}
	if cfg.IsFailure == nil {
		cfg.IsFailure = func(error) bool { return true }
	}
	return &Breaker{cfg: cfg}, nil
}

// Do calls op, or refuses to.
func (b *Breaker) Do(ctx context.Context, op func(ctx context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	period, admitted := b.admit()
	if !admitted {
		return ErrOpen
	}
	result := failure // holds unless op returns
	defer func() { b.settle(period, result) }()
	err := op(ctx)
	result = b.judge(ctx, err)
	return err
}

// State returns the state of the breaker at this moment.
func (b *Breaker) State() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refresh()
	return b.state
}

// admit decides whether a call may run now, and in which period its outcome counts.
func (b *Breaker) admit() (period uint64, admitted bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refresh()
	switch {
	case b.state == Open, b.state == HalfOpen && b.running == b.cfg.Probes:
		return 0, false
	case b.state == HalfOpen:
		b.running++
	}
	return b.period, true
}

func (b *Breaker) judge(ctx context.Context, err error) outcome {
	switch {
	case err == nil:
		return success
	case ctx.Err() == context.Canceled:
		return neither
	case b.cfg.IsFailure(err):
		return failure
	default:
		return success
	}
}

// settle takes the outcome of a call that was admitted in period.
func (b *Breaker) settle(period uint64, result outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if period != b.period {
		return // it tells of another time
	}
	if b.state == HalfOpen {
		b.settleProbe(result)
		return
	}
	switch result {
	case success:
		b.failures = 0
	case failure:
		b.failures++
		if b.failures == b.cfg.Failures {
			b.enter(Open)
		}
	}
}

// settleProbe takes the outcome of a probe of this period. b.mu is held.
func (b *Breaker) settleProbe(result outcome) {
	b.running--
	switch result {
	case success:
		b.successes++
		if b.successes == b.cfg.Successes {
			b.enter(Closed)
		}
	case failure:
		b.failures++
		if b.failures == b.cfg.Failures {
			b.enter(Open)
		}
	}
}

// refresh ends a cooldown that is over. b.mu is held.
func (b *Breaker) refresh() {
	if b.state == Open && !time.Now().Before(b.until) {
		b.enter(HalfOpen)
	}
}

// enter begins a new period. b.mu is held.
func (b *Breaker) enter(state State) {
	b.state = state
	b.period++
	b.failures, b.running, b.successes = 0, 0, 0
	if state == Open {
		b.until = time.Now().Add(b.cfg.Cooldown)
	}
}
