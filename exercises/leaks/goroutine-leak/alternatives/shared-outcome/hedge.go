// Package hedge asks several servers the same question and takes the first good answer.
package hedge

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrNoCalls is returned by First when there is nothing to call.
var ErrNoCalls = errors.New("hedge: no calls")

// Call is one way to get the answer. It should return soon after its context is done.
type Call[T any] func(ctx context.Context) (T, error)

// race is what the calls and First share. The lock guards everything below it.
type race[T any] struct {
	settled chan struct{} // closed once value or err is final
	calls   []Call[T]
	delay   time.Duration

	mu      sync.Mutex
	over    bool
	started int
	errs    []error
	value   T
	err     error
	next    *time.Timer
}

// First returns the value of the first call that succeeds.
func First[T any](ctx context.Context, delay time.Duration, calls ...Call[T]) (T, error) {
	if len(calls) == 0 {
		var zero T
		return zero, ErrNoCalls
	}
	racing, cancel := context.WithCancel(ctx)
	defer cancel()
	r := &race[T]{settled: make(chan struct{}), calls: calls, delay: delay}
	r.mu.Lock()
	r.startNext(racing)
	for delay <= 0 && r.started < len(calls) {
		r.startNext(racing)
	}
	r.mu.Unlock()

	select {
	case <-r.settled:
	case <-ctx.Done():
		r.mu.Lock()
		var zero T
		r.settle(zero, ctx.Err())
		r.mu.Unlock()
	}
	return r.value, r.err
}

// startNext starts the next call, if there is one, and plans the one after it. The lock is held.
func (r *race[T]) startNext(ctx context.Context) {
	if r.over || r.started == len(r.calls) {
		return
	}
	call := r.calls[r.started]
	r.started++
	go func() {
		value, err := call(ctx)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.finished(ctx, value, err)
	}()
	if r.next != nil {
		r.next.Stop()
	}
	if r.delay > 0 && r.started < len(r.calls) {
		mine := r.started
		r.next = time.AfterFunc(r.delay, func() {
			r.mu.Lock()
			defer r.mu.Unlock()
			if r.started == mine { // no failure was faster
				r.startNext(ctx)
			}
		})
	}
}

// finished takes the result of a call. The lock is held.
func (r *race[T]) finished(ctx context.Context, value T, err error) {
	if err == nil {
		r.settle(value, nil)
		return
	}
	r.errs = append(r.errs, err)
	if len(r.errs) == len(r.calls) {
		var zero T
		r.settle(zero, errors.Join(r.errs...))
		return
	}
	r.startNext(ctx)
}

// settle fixes the outcome; only the first call counts. The lock is held.
func (r *race[T]) settle(value T, err error) {
	if r.over {
		return
	}
	r.over, r.value, r.err = true, value, err
	if r.next != nil {
		r.next.Stop()
	}
	close(r.settled)
}
