// Package gather asks several services at once and makes the best of their answers.
package gather

import (
	"context"
	"errors"
	"fmt"
	"sync"
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

// gathering is what the calls and Gather share. The lock guards everything below it.
type gathering[T any] struct {
	calls []Call[T]
	over  chan struct{} // closed when Gather may return

	mu      sync.Mutex
	closed  bool
	failed  bool // a required call has failed
	pending int
	settled []bool
	values  map[string]T
	errs    []error
}

// Gather runs all calls at once and returns the values of those that succeed, by name.
func Gather[T any](ctx context.Context, calls ...Call[T]) (map[string]T, error) {
	names := make(map[string]struct{})
	for _, call := range calls {
		names[call.Name] = struct{}{}
	}
	if len(names) < len(calls) {
		return nil, ErrNames
	}
	if len(calls) == 0 {
		return map[string]T{}, nil
	}
	g := &gathering[T]{
		calls: calls, over: make(chan struct{}), pending: len(calls),
		settled: make([]bool, len(calls)), values: make(map[string]T), errs: make([]error, len(calls)),
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for i := range calls {
		g.start(ctx, i)
	}
	<-g.over
	// From here on nothing is settled any more.
	if g.failed {
		return nil, errors.Join(g.errs...)
	}
	return g.values, errors.Join(g.errs...)
}

// start starts call i, and lets it end when its context does.
func (g *gathering[T]) start(ctx context.Context, i int) {
	var cancel context.CancelFunc
	if limit := g.calls[i].Timeout; limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	} else {
		ctx, cancel = context.WithCancel(ctx)
	}
	stop := context.AfterFunc(ctx, func() {
		var zero T
		g.settle(i, zero, ctx.Err())
	})
	go func() {
		defer cancel()
		defer stop()
		value, err := g.do(ctx, i)
		g.settle(i, value, err)
	}()
}

// do runs call i. Goexit passes through it, but is reported before.
func (g *gathering[T]) do(ctx context.Context, i int) (value T, err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		r := recover()
		err = fmt.Errorf("%w: %v", ErrCrashed, r)
		g.settle(i, value, err)
	}()
	value, err = g.calls[i].Do(ctx)
	returned = true
	return value, err
}

// settle says how call i has ended. Only the first time counts, and only before Gather may return.
func (g *gathering[T]) settle(i int, value T, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed || g.settled[i] {
		return
	}
	g.settled[i] = true
	g.pending--
	if err == nil {
		g.values[g.calls[i].Name] = value
	} else {
		g.errs[i] = &CallError{Name: g.calls[i].Name, Err: err}
		g.failed = g.calls[i].Required
	}
	if g.pending == 0 || g.failed {
		g.closed = true
		close(g.over)
	}
}
