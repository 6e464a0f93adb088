package limiter

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestSetLimitWhileServing(t *testing.T) {
	l := New(5)
	var allowed atomic.Int64
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if l.Allow() {
				allowed.Add(1)
			}
		})
	}
	l.SetLimit(10)
	wg.Wait()
	if n := allowed.Load(); n < 5 || n > 10 {
		t.Fatalf("allowed %d requests, want between 5 and 10", n)
	}
}
