package buffer

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestNothingIsLost(t *testing.T) {
	b := New(1)
	var sum atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for job := range 25 {
				b.Put(job)
			}
		})
		wg.Go(func() {
			for range 25 {
				sum.Add(int64(b.Get()))
			}
		})
	}
	wg.Wait()
	if sum.Load() != 1200 {
		t.Errorf("sum of jobs %d, want 1200", sum.Load())
	}
}
