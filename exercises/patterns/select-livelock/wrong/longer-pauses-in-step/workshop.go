// Package workshop gives robots the two tools that a piece of work needs.
package workshop

import (
	"context"
	"sync/atomic"
	"time"
)

// Tool is something that one has at a time.
type Tool interface {
	Name() string                   // different for each tool
	Take(ctx context.Context) error // waits until the tool is there and takes it; or returns ctx.Err()
	TryTake() bool                  // takes the tool if it is there
	Return()                        // by the one who took it, once
}

// Both takes a and b, waiting for them as long as ctx allows, and returns the function that puts them back.
func Both(ctx context.Context, a, b Tool) (putBack func(), err error) {
	for span := 100 * time.Millisecond; ctx.Err() == nil; span *= 2 {
		if err := a.Take(ctx); err != nil {
			return nil, err
		}
		if a == b {
			return once(a.Return), nil
		}
		if b.TryTake() {
			return once(func() { a.Return(); b.Return() }), nil
		}
		a.Return()
		select {
		case <-time.After(span): // give the others more and more time
		case <-ctx.Done():
		}
	}
	return nil, ctx.Err()
}

func once(f func()) func() {
	var called atomic.Bool
	return func() {
		if called.CompareAndSwap(false, true) {
			f()
		}
	}
}
