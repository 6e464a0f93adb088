// Package gather asks several services at once and makes the best of their answers.
package gather

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	// ErrNames is matched by the error of Gather when two calls have the same name.
	ErrNames = errors.New("gather: two calls have the same name")
	// ErrCrashed is matched by the error of a call that panicked, or ended its goroutine.
	ErrCrashed = errors.New("gather: call crashed")
)

// Call is one thing to ask for.
type Call[T any] struct {
	Name     string
	Timeout  time.Duration // how long the call may take; 0 or less: as long as it likes
	Required bool          // without it the others are worth nothing
	Do       func(ctx context.Context) (T, error)
}

// CallError is one call that failed.
type CallError struct {
	Name string
	Err  error
}

func (e *CallError) Error() string { return e.Name + ": " + e.Err.Error() }
func (e *CallError) Unwrap() error { return e.Err }

// outcome is how a call has ended.
type outcome[T any] struct {
	index int // of the call
	value T
	err   error
}

// Gather runs all calls at once and returns the values of those that succeed, by name. The error tells of all others.
func Gather[T any](ctx context.Context, calls ...Call[T]) (map[string]T, error) {
	if err := checkNames(calls); err != nil {
		return nil, err
	}
	// Room for all: whoever comes when nobody listens any more can still leave its outcome and end.
	outcomes := make(chan outcome[T], len(calls))
	for i, call := range calls {
		go func() {
			value, err := run(ctx, call)
			outcomes <- outcome[T]{i, value, err}
		}()
	}

	values := make(map[string]T, len(calls))
	errs := make([]error, len(calls)) // each call has its place
	for range calls {
		o := <-outcomes
		call := calls[o.index]
		if o.err == nil {
			values[call.Name] = o.value
			continue
		}
		errs[o.index] = &CallError{call.Name, o.err}
		if call.Required {
			return nil, errors.Join(errs...)
		}
	}
	return values, errors.Join(errs...)
}

func checkNames[T any](calls []Call[T]) error {
	seen := make(map[string]bool, len(calls))
	for _, call := range calls {
		if seen[call.Name] {
			return fmt.Errorf("%w: %q", ErrNames, call.Name)
		}
		seen[call.Name] = true
	}
	return nil
}

// run returns when the call has ended. Its Do may be running still.
func run[T any](ctx context.Context, call Call[T]) (T, error) {
	if call.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, call.Timeout)
		defer cancel()
	}
	done := make(chan outcome[T], 1)
	go func() {
		o := outcome[T]{err: fmt.Errorf("%w: its goroutine has ended", ErrCrashed)} // holds unless Do returns
		defer func() {
			if r := recover(); r != nil {
				o.err = fmt.Errorf("%w: %v", ErrCrashed, r)
			}
			done <- o
		}()
		o.value, o.err = call.Do(ctx)
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}
