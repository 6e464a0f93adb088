// Package retry runs an operation again when it failed, and knows when to stop.
package retry

import (
	"context"
	"errors"
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
type Retrier struct{}

// New returns a Retrier whose budget is full.
func New(p Policy) (*Retrier, error) {
	return &Retrier{}, nil
}

// Do calls op until it succeeds or there is a reason to stop.
func (r *Retrier) Do(ctx context.Context, op func(ctx context.Context) error) error {
	return nil
}

// Permanent marks err as not worth another attempt.
func Permanent(err error) error {
	return nil
}
