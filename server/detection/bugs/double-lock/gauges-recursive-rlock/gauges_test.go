package gauges

import (
	"sync"
	"testing"
)

func TestSnapshotDuringUpdates(t *testing.T) {
	r := New()
	for _, name := range []string{"cpu", "memory", "disk", "load"} {
		r.Set(name, 1)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 30 {
			r.Set("load", float64(i))
		}
	})
	for range 10 {
		if n := len(r.Snapshot()); n != 4 {
			t.Errorf("snapshot has %d lines, want 4", n)
		}
	}
	wg.Wait()
}
