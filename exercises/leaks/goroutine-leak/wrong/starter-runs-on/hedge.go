// Package hedge asks several servers the same question and takes the first good answer.
package hedge

import (
	"context"
	"errors"
	"time"
)

// ErrNoCalls is returned by First when there is nothing to call.
var ErrNoCalls = errors.New("hedge: no calls")

// Call is one way to get the answer. It should return soon after its context is done.
type Call[T any] func(ctx context.Context) (T, error)

type result[T any] struct {
	value T
	err   error
}

// First returns the value of the first call that succeeds.
func First[T any](ctx context.Context, delay time.Duration, calls ...Call[T]) (T, error) {
	var zero T
	if len(calls) == 0 {
		return zero, ErrNoCalls
	}
	racing, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result[T], len(calls))
	failed := make(chan struct{}, len(calls))
	go func() {
		for _, call := range calls {
			go func() {
				value, err := call(racing)
				results <- result[T]{value, err}
			}()
			if delay > 0 {
				select {
				case <-time.After(delay):
				case <-failed:
				}
			}
		}
	}()
	var errs []error
	for range calls {
		select {
		case r := <-results:
			if r.err == nil {
				return r.value, nil
			}
			errs = append(errs, r.err)
			failed <- struct{}{}
		case <-ctx.Done():
			return zero, ctx.Err()
		}
	}
	return zero, errors.Join(errs...)
}
