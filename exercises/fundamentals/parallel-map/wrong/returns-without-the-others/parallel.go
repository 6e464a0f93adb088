// Package parallel calls a function for many items, several at a time.
package parallel

import "context"

// outcome is how one call has ended.
type outcome[Out any] struct {
	index    int
	result   Out
	err      error
	panicked bool
	value    any // of the panic
}

// Map calls f for each item, at most limit calls at a time, and returns the results in the order of the items. It returns
// the first error of a call, or the error of ctx; a panic of a call it raises again. All calls have ended when it returns.
func Map[In, Out any](ctx context.Context, limit int, items []In,
	f func(ctx context.Context, item In) (Out, error)) ([]Out, error) {
	working, stop := context.WithCancel(ctx)
	defer stop()
	outcomes := make(chan outcome[Out], len(items))
	results := make([]Out, len(items))
	started, running, succeeded := 0, 0, 0
	var panicked *outcome[Out]
	for {
		for working.Err() == nil && running < limit && started < len(items) {
			go call(working, started, items[started], f, outcomes)
			started++
			running++
		}
		if running == 0 {
			break
		}
		o := <-outcomes // every call that was started is waited for here
		running--
		switch {
		case o.panicked:
			panicked = &o
			stop()
		case o.err != nil:
			return nil, o.err
		default:
			results[o.index] = o.result
			succeeded++
		}
	}
	switch {
	case panicked != nil:
		panic(panicked.value)
	case succeeded < len(items):
		return nil, ctx.Err()
	}
	return results, nil
}

func call[In, Out any](ctx context.Context, index int, item In,
	f func(ctx context.Context, item In) (Out, error), outcomes chan<- outcome[Out]) {
	o := outcome[Out]{index: index, panicked: true}
	defer func() {
		if o.panicked {
			o.value = recover()
		}
		outcomes <- o
	}()
	o.result, o.err = f(ctx, item)
	o.panicked = false
}
