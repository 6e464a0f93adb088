package queue

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestEveryItemArrivesOnce(t *testing.T) {
	q := New(3)
	var sum atomic.Int64
	var producers, consumers sync.WaitGroup
	for range 3 {
		consumers.Go(func() {
			for item, ok := q.Get(); ok; item, ok = q.Get() {
				sum.Add(int64(item))
			}
		})
	}
	for range 2 {
		producers.Go(func() {
			for i := range 60 {
				q.Put(i)
			}
		})
	}
	producers.Wait()
	q.Close()
	consumers.Wait()
	if got := sum.Load(); got != 3540 {
		t.Errorf("sum %d, want 3540", got)
	}
}
