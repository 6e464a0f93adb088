// Package pipeline connects stages by channels. A stage ends when its input does, or when its context is done.
package pipeline

import (
	"context"
	"sync"
	"time"
)

// Map applies f to every value of in, with up to workers calls at the same time.
func Map[A, B any](ctx context.Context, in <-chan A, workers int, f func(A) B) <-chan B {
	out := make(chan B)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for {
				value, ok := receive(ctx, in)
				if !ok || !send(ctx, out, f(value)) {
					return
				}
			}
		})
	}
	go closeAfter(&running, out)
	return out
}

// Merge hands on the values of all inputs.
func Merge[T any](ctx context.Context, ins ...<-chan T) <-chan T {
	out := make(chan T)
	var running sync.WaitGroup
	for _, in := range ins {
		running.Go(func() {
			for {
				value, ok := receive(ctx, in)
				if !ok || !send(ctx, out, value) {
					return
				}
			}
		})
	}
	go closeAfter(&running, out)
	return out
}

// Batch collects values and sends them size at a time, or those that there are when wait has passed since the first.
func Batch[T any](ctx context.Context, in <-chan T, size int, wait time.Duration) <-chan []T {
	out := make(chan []T)
	go func() {
		defer close(out)
		var batch []T
		due := time.NewTimer(wait) // runs while there is a batch
		due.Stop()
		defer due.Stop()
		for {
			select {
			case value, ok := <-in:
				if !ok {
					send(ctx, out, batch)
					return
				}
				batch = append(batch, value)
				if len(batch) == 1 {
					due.Reset(wait)
				}
				if len(batch) < size {
					continue
				}
			case <-due.C:
			case <-ctx.Done():
				return
			}
			if !send(ctx, out, batch) {
				return
			}
			due.Stop()
			batch = nil // the old one is the receiver's
		}
	}()
	return out
}

// receive returns false when there is nothing more to come or ctx is done.
func receive[T any](ctx context.Context, in <-chan T) (value T, ok bool) {
	select {
	case value, ok = <-in:
		return value, ok
	case <-ctx.Done():
		return value, false
	}
}

// send returns false when ctx is done.
func send[T any](ctx context.Context, out chan<- T, value T) bool {
	select {
	case out <- value:
		return true
	case <-ctx.Done():
		return false
	}
}

// closeAfter closes out when nobody sends to it any more.
func closeAfter[T any](senders *sync.WaitGroup, out chan<- T) {
	senders.Wait()
	close(out)
}
