// Package breaker keeps callers away from a server that does not answer.
package breaker

import (
	"context"
	"errors"
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
type Breaker struct{}

// New returns a closed breaker.
func New(cfg Config) (*Breaker, error) {
	return &Breaker{}, nil
}

// Do calls op, or refuses to.
func (b *Breaker) Do(ctx context.Context, op func(ctx context.Context) error) error {
	return nil
}

// State returns the state of the breaker at this moment.
func (b *Breaker) State() State {
	return Closed
}
