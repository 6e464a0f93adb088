// Package workshop gives robots the two tools that a piece of work needs.
package workshop

import (
	"context"
	"sync"
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
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if a.Name() == b.Name() {
		if err := a.Take(ctx); err != nil {
			return nil, err
		}
		return sync.OnceFunc(a.Return), nil
	}
	// Everybody takes the tools in the same order: of those who wait for each other one has nothing to wait for.
	if a.Name() > b.Name() {
		a, b = b, a
	}
	if err := a.Take(ctx); err != nil {
		return nil, err
	}
	if err := b.Take(ctx); err != nil {
		a.Return()
		return nil, err
	}
	back := false
	return func() {
		if back {
			return
		}
		back = true
		b.Return()
		a.Return()
	}, nil
}
