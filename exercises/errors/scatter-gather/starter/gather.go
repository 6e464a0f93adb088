// Package gather asks several services at once and makes the best of their answers.
package gather

import (
	"context"
	"errors"
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

func (e *CallError) Error() string { return "" }
func (e *CallError) Unwrap() error { return nil }

// Gather runs all calls at once and returns the values of those that succeed, by name.
func Gather[T any](ctx context.Context, calls ...Call[T]) (map[string]T, error) {
	return nil, nil
}
