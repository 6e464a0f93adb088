// Package retry runs an operation again when it failed, and knows when to stop.
package retry

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
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

	mu     sync.Mutex
	tokens int // from 0 to policy.Budget
}

// New returns a Retrier whose budget is full.
func New(p Policy) (*Retrier, error) {
	if p.Attempts < 1 || p.Base <= 0 || p.Max < p.Base || p.Budget < 0 {
		return nil, fmt.Errorf("%w: attempts %d, base %v, max %v, budget %d", ErrPolicy, p.Attempts, p.Base, p.Max, p.Budget)
	}
	if p.Jitter == nil {
		p.Jitter = fullJitter
	}
	return &Retrier{policy: p, tokens: p.Budget}, nil
}

func fullJitter(bound time.Duration) time.Duration {
	return rand.N(bound)
}

// Do calls op until it succeeds or there is a reason to stop. Whatever the reason is, the error matches op's last one.
func (r *Retrier) Do(ctx context.Context, op func(ctx context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	bound := r.policy.Base
	for attempt := 1; ; attempt++ {
		err := op(ctx)
		if err == nil {
			r.giveBack()
			return nil
		}
		if isPermanent(err) {
			return err
		}
		if stop := r.pause(ctx, bound); stop != nil {
			return errors.Join(stop, err)
		}
		if attempt == r.policy.Attempts {
			return err
		}
		bound = twice(bound, r.policy.Max)
	}
}

// pause waits until the next attempt is due. Its error is the reason why there will be none.
func (r *Retrier) pause(ctx context.Context, bound time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	pause := r.policy.Jitter(bound)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < pause {
		return context.DeadlineExceeded // waiting for it would help nobody
	}
	if !r.take() {
		return ErrBudget
	}
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
	return ctx.Err() // of both at the same instant, the context counts
}

// twice doubles bound without overflow.
func twice(bound, limit time.Duration) time.Duration {
	if bound > limit/2 {
		return limit
	}
	return 2 * bound
}

// take takes a token from the budget, if there is one.
func (r *Retrier) take() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tokens == 0 {
		return false
	}
	r.tokens--
	return true
}

func (r *Retrier) giveBack() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tokens = min(r.tokens+1, r.policy.Budget)
}

// permanentError is an error that another attempt would not cure.
type permanentError struct{ err error }

func (p *permanentError) Error() string { return p.err.Error() }
func (p *permanentError) Unwrap() error { return p.err }

func isPermanent(err error) bool {
	var p *permanentError
	return errors.As(err, &p)
}

// Permanent marks err as not worth another attempt.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{err}
}
