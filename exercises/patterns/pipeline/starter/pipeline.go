// Package pipeline connects stages by channels.
package pipeline

import (
	"context"
	"time"
)

// Map applies f to every value of in, with up to workers calls at the same time.
func Map[A, B any](ctx context.Context, in <-chan A, workers int, f func(A) B) <-chan B {
	return closed[B]() // TODO
}

// Merge hands on the values of all inputs.
func Merge[T any](ctx context.Context, ins ...<-chan T) <-chan T {
	return closed[T]() // TODO
}

// Batch collects values and sends them size at a time, or those that there are when wait has passed since the first.
func Batch[T any](ctx context.Context, in <-chan T, size int, wait time.Duration) <-chan []T {
	return closed[[]T]() // TODO
}

// closed is an output without values, as long as there is nothing better.
func closed[T any]() <-chan T {
	out := make(chan T)
	close(out)
	return out
}
