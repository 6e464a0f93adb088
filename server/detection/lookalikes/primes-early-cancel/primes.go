// Package primes finds primes with a chain of goroutines.
package primes

import (
	"context"
	"sync"
)

type pipeline struct {
	ctx    context.Context
	stages sync.WaitGroup
}

// stage runs fn, which passes values on with emit until that reports false.
func (p *pipeline) stage(fn func(emit func(int) bool)) <-chan int {
	out := make(chan int)
	p.stages.Go(func() {
		defer close(out)
		fn(func(v int) bool {
			select {
			case out <- v:
				return true
			case <-p.ctx.Done():
				return false
			}
		})
	})
	return out
}

func (p *pipeline) count() <-chan int {
	return p.stage(func(emit func(int) bool) {
		for v := 2; emit(v); v++ {
		}
	})
}

func (p *pipeline) without(prime int, in <-chan int) <-chan int {
	return p.stage(func(emit func(int) bool) {
		for v := range in {
			if v%prime != 0 && !emit(v) {
				return
			}
		}
	})
}

// First returns the first n primes.
func First(ctx context.Context, n int) []int {
	ctx, cancel := context.WithCancel(ctx)
	p := &pipeline{ctx: ctx}
	defer p.stages.Wait()
	defer cancel()
	var found []int
	rest := p.count()
	for range n {
		prime, ok := <-rest
		if !ok {
			break
		}
		found = append(found, prime)
		rest = p.without(prime, rest)
	}
	return found
}
