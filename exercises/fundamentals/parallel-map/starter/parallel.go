// Package parallel calls a function for many items, several at a time.
package parallel

import "context"

// Map calls f for each item, at most limit calls at a time, and returns the results in the order of the items. It returns
// the first error of a call, or the error of ctx; a panic of a call it raises again. All calls have ended when it returns.
func Map[In, Out any](ctx context.Context, limit int, items []In,
	f func(ctx context.Context, item In) (Out, error)) ([]Out, error) {
	return nil, nil
}
