package scheduler

import (
	"sync"
	"testing"
)

func TestDrainWhileScheduling(t *testing.T) {
	s := New()
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { s.Assign("report", "node-a") })
		wg.Go(func() { s.Drain("node-a") })
		wg.Go(s.Compact)
	}
	wg.Wait()
	s.Drain("node-a")
	s.Compact()
	if len(s.jobs) != 0 {
		t.Errorf("jobs left on a drained node: %v", s.jobs)
	}
}
