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

// First returns the value of the first call that succeeds. It starts the calls one after another: the next one when
// delay has passed since the last start, or as soon as a call has failed.
func First[T any](ctx context.Context, delay time.Duration, calls ...Call[T]) (T, error) {
	var zero T
	if len(calls) == 0 {
		return zero, ErrNoCalls
	}
	results := make(chan result[T])
	started := 0
	startNext := func() {
		call := calls[started]
		started++
		go func() {
			value, err := call(ctx)
			results <- result[T]{value, err}
		}()
	}
	startNext()
	for delay <= 0 && started < len(calls) {
		startNext()
	}

	next := time.NewTimer(delay)
	defer next.Stop()
	var errs []error
	for len(errs) < len(calls) {
		select {
		case r := <-results:
			if r.err == nil {
				return r.value, nil
			}
			errs = append(errs, r.err)
		case <-next.C:
		case <-ctx.Done():
			return zero, ctx.Err()
		}
		if started < len(calls) {
			startNext()
			next.Reset(delay)
		}
	}
	return zero, errors.Join(errs...)
}
