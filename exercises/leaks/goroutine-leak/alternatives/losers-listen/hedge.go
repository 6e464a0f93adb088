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
	racing, over := context.WithCancel(ctx)
	defer over()
	results := make(chan result[T])
	tick := make(chan time.Time)
	close(tick) // no delay: every tick is due

	var errs []error
	waiting := calls
	for len(errs) < len(calls) {
		var due <-chan time.Time
		if len(waiting) > 0 {
			go run(racing, waiting[0], results)
			waiting = waiting[1:]
			due = tick
			if delay > 0 {
				due = time.After(delay)
			}
			if len(waiting) == 0 {
				due = nil
			}
		}
		select {
		case r := <-results:
			if r.err == nil {
				return r.value, nil
			}
			errs = append(errs, r.err)
		case <-due:
		case <-ctx.Done():
			return zero, ctx.Err()
		}
	}
	return zero, errors.Join(errs...)
}

func run[T any](racing context.Context, call Call[T], results chan<- result[T]) {
	value, err := call(racing)
	select {
	case results <- result[T]{value, err}:
	case <-racing.Done(): // nobody is listening any more
	}
}
