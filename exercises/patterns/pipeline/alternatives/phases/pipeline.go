// Package pipeline connects stages by channels.
package pipeline

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"time"
)

// Map applies f to every value of in, with up to workers calls at the same time: a goroutine per value, which has a
// permit from before the value is taken until its result is handed on.
func Map[A, B any](ctx context.Context, in <-chan A, workers int, f func(A) B) <-chan B {
	out := make(chan B)
	permits := make(chan struct{}, workers)
	go func() {
		defer close(out)
		var running sync.WaitGroup
		defer running.Wait()
		for {
			select {
			case permits <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case value, open := <-in:
				if !open {
					return
				}
				running.Go(func() {
					defer func() { <-permits }()
					result := f(value)
					select {
					case out <- result:
					case <-ctx.Done():
					}
				})
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Merge hands on the values of all inputs. One goroutine listens to all of them.
func Merge[T any](ctx context.Context, ins ...<-chan T) <-chan T {
	out := make(chan T)
	cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(ctx.Done())}}
	for _, in := range ins {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(in)})
	}
	go func() {
		defer close(out)
		for len(cases) > 1 {
			chosen, received, open := reflect.Select(cases)
			if chosen == 0 {
				return
			}
			if !open {
				cases = slices.Delete(cases, chosen, chosen+1)
				continue
			}
			value, _ := received.Interface().(T)
			select {
			case out <- value:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Batch collects values: it waits for the first, and then for others until there are enough or it is time.
func Batch[T any](ctx context.Context, in <-chan T, size int, wait time.Duration) <-chan []T {
	out := make(chan []T)
	go func() {
		defer close(out)
		for open := true; open; {
			var batch []T
			batch, open = collect(ctx, in, size, wait)
			if len(batch) == 0 {
				continue
			}
			select {
			case out <- batch:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// collect returns the next batch, and false if it is the last.
func collect[T any](ctx context.Context, in <-chan T, size int, wait time.Duration) (batch []T, open bool) {
	var enough <-chan time.Time
	for len(batch) < size {
		select {
		case value, more := <-in:
			if !more {
				return batch, false
			}
			if batch = append(batch, value); len(batch) == 1 {
				enough = time.After(wait)
			}
		case <-enough:
			return batch, true
		case <-ctx.Done():
			return nil, false
		}
	}
	return batch, true
}
