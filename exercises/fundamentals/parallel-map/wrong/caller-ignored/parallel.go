// Package parallel calls a function for many items, several at a time.
package parallel

import (
	"context"
	"sync"
	"sync/atomic"
)

// Map calls f for each item, at most limit calls at a time, and returns the results in the order of the items. It returns
// the first error of a call, or the error of ctx; a panic of a call it raises again. All calls have ended when it returns.
func Map[In, Out any](ctx context.Context, limit int, items []In,
	f func(ctx context.Context, item In) (Out, error)) ([]Out, error) {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	results := make([]Out, len(items))
	var next, succeeded atomic.Int64
	var failure firstOf[error]
	var panicked firstOf[any]

	call := func(i int) {
		defer func() {
			if p := recover(); p != nil { // only this goroutine can
				panicked.set(p)
				stop()
			}
		}()
		result, err := f(working, items[i])
		if err != nil {
			failure.set(err)
			stop()
			return
		}
		results[i] = result // its own element: no lock needed
		succeeded.Add(1)
	}
	var workers sync.WaitGroup
	for range min(limit, len(items)) {
		workers.Go(func() {
			for working.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				call(i)
			}
		})
	}
	workers.Wait() // whatever the workers wrote may be read from here on

	switch {
	case panicked.isSet:
		panic(panicked.value)
	case failure.isSet:
		return nil, failure.value
	case int(succeeded.Load()) < len(items):
		return nil, ctx.Err()
	}
	return results, nil
}

// firstOf keeps the first value that it is given. It may be read when nobody sets it any more.
type firstOf[T any] struct {
	once  sync.Once
	isSet bool
	value T
}

func (f *firstOf[T]) set(value T) {
	f.once.Do(func() { f.value, f.isSet = value, true })
}
