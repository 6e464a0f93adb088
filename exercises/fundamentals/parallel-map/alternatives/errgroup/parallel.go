// Package parallel calls a function for many items, several at a time.
package parallel

import (
	"context"
	"errors"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

var errPanicked = errors.New("parallel: a call panicked")

// Map calls f for each item, at most limit calls at a time, and returns the results in the order of the items. It returns
// the first error of a call, or the error of ctx; a panic of a call it raises again. All calls have ended when it returns.
func Map[In, Out any](ctx context.Context, limit int, items []In,
	f func(ctx context.Context, item In) (Out, error)) ([]Out, error) {
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(limit)
	results := make([]Out, len(items))
	var panicked atomic.Pointer[any]
	started := 0
	for i, item := range items {
		if working.Err() != nil {
			break
		}
		group.Go(func() (err error) { // waits for one of limit places
			if working.Err() != nil {
				return working.Err()
			}
			defer func() {
				if p := recover(); p != nil {
					panicked.CompareAndSwap(nil, &p)
					err = errPanicked
				}
			}()
			results[i], err = f(working, item)
			return err
		})
		started++
	}
	err := group.Wait()
	if p := panicked.Load(); p != nil {
		panic(*p)
	}
	if err == nil && started < len(items) {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return results, nil
}
