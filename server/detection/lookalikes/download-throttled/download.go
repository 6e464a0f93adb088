// Package download limits the number of downloads at a time.
package download

import (
	"sync"
	"sync/atomic"
)

// Limiter has a place for each download that may run.
type Limiter struct {
	places  chan struct{}
	running atomic.Int32
	peak    atomic.Int32
}

// NewLimiter lets n downloads run at a time.
func NewLimiter(n int) *Limiter {
	return &Limiter{places: make(chan struct{}, n)}
}

func (l *Limiter) do(fetch func() error) error {
	l.places <- struct{}{}
	defer func() { <-l.places }()
	n := l.running.Add(1)
	defer l.running.Add(-1)
	for {
		peak := l.peak.Load()
		if n <= peak || l.peak.CompareAndSwap(peak, n) {
			return fetch()
		}
	}
}

// All fetches everything and returns the errors in order.
func (l *Limiter) All(fetches ...func() error) []error {
	errs := make([]error, len(fetches))
	var wg sync.WaitGroup
	for i, fetch := range fetches {
		wg.Go(func() { errs[i] = l.do(fetch) })
	}
	wg.Wait()
	return errs
}
