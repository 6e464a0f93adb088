// Package workshop gives robots the two tools that a piece of work needs.
package workshop

import (
	"context"
	"time"
)

// pause is how long a robot lets others go first.
const pause = 50 * time.Millisecond

// Tool is something that one has at a time.
type Tool interface {
	Name() string                   // different for each tool
	Take(ctx context.Context) error // waits until the tool is there and takes it; or returns ctx.Err()
	TryTake() bool                  // takes the tool if it is there
	Return()                        // by the one who took it, once
}

// Both takes a and b, waiting for them as long as ctx allows, and returns the function that puts them back.
func Both(ctx context.Context, a, b Tool) (putBack func(), err error) {
	for {
		if err := a.Take(ctx); err != nil {
			return nil, err
		}
		if b.TryTake() {
			return func() {
				a.Return()
				b.Return()
			}, nil
		}
		a.Return() // somebody has b and may need a: be polite
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
