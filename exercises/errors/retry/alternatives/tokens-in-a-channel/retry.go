// Package retry runs an operation again when it failed, and knows when to stop.
package retry

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"
)

var (
	// ErrPolicy is matched by the error of New for a policy that makes no sense.
	ErrPolicy = errors.New("retry: invalid policy")
	// ErrBudget is matched by the error of Do when there was no token left for another attempt.
	ErrBudget = errors.New("retry: budget exhausted")
)

// Policy says how often and after which pauses an operation is tried again.
type Policy struct {
	Attempts int           // calls of op that one Do makes at most, the first included
	Base     time.Duration // bound of the pause before the second attempt; it doubles with each further one
	Max      time.Duration // no bound is greater
	Budget   int           // how many retries all calls of Do together may be ahead of the successes
	// Jitter chooses the pause, from 0 to bound. Nil: random, evenly spread.
	Jitter func(bound time.Duration) time.Duration
}

// Retrier runs operations by a policy. Its methods may be called by any number of goroutines.
type Retrier struct {
	policy Policy
	tokens chan struct{} // what is left of the budget
}

// New returns a Retrier whose budget is full.
func New(p Policy) (*Retrier, error) {
	switch {
	case p.Attempts < 1:
		return nil, fmt.Errorf("%w: %d attempts", ErrPolicy, p.Attempts)
	case p.Base <= 0 || p.Max < p.Base:
		return nil, fmt.Errorf("%w: pauses from %v to %v", ErrPolicy, p.Base, p.Max)
	case p.Budget < 0:
		return nil, fmt.Errorf("%w: a budget of %d", ErrPolicy, p.Budget)
	}
	r := &Retrier{policy: p, tokens: make(chan struct{}, p.Budget)}
	for range p.Budget {
		r.tokens <- struct{}{}
	}
	return r, nil
}

// stopped says why there was no further attempt, and what had failed before.
type stopped struct{ reason, last error }

func (s stopped) Error() string   { return fmt.Sprintf("retry: %v, after: %v", s.reason, s.last) }
func (s stopped) Unwrap() []error { return []error{s.reason, s.last} }

// Do calls op until it succeeds or there is a reason to stop.
func (r *Retrier) Do(ctx context.Context, op func(ctx context.Context) error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	next, stop := iter.Pull(r.policy.pauses())
	defer stop()
	for {
		err := op(ctx)
		if err == nil {
			select {
			case r.tokens <- struct{}{}:
			default: // the budget is full
			}
			return nil
		}
		if errors.As(err, new(permanent)) {
			return err
		}
		pause, more := next()
		if !more {
			return err
		}
		if reason := r.wait(ctx, pause); reason != nil {
			return stopped{reason, err}
		}
	}
}

func (r *Retrier) wait(ctx context.Context, pause time.Duration) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if end, limited := ctx.Deadline(); limited && time.Now().Add(pause).After(end) {
		return context.DeadlineExceeded
	}
	select {
	case <-r.tokens:
	default:
		return ErrBudget
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pauses yields a pause for each attempt after the first.
func (p Policy) pauses() iter.Seq[time.Duration] {
	return func(yield func(time.Duration) bool) {
		bound := p.Base
		for range p.Attempts - 1 {
			if !yield(p.choose(bound)) {
				return
			}
			bound += min(bound, p.Max-bound)
		}
	}
}

func (p Policy) choose(bound time.Duration) time.Duration {
	if p.Jitter == nil {
		return time.Duration(rand.Int64N(int64(bound)))
	}
	return p.Jitter(bound)
}

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent marks err as not worth another attempt.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanent{err}
}
