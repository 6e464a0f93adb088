package stats

import (
	"sync"
	"testing"
)

func TestTotalCountsEveryGoroutine(t *testing.T) {
	before := Total("requests")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 25 {
				Count("requests", 2)
			}
		})
	}
	wg.Wait()
	if got := Total("requests") - before; got != 400 {
		t.Errorf("total grew by %d, want 400", got)
	}
}
