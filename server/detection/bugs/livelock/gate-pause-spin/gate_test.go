package gate

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestCheckpointSeesStableTotal(t *testing.T) {
	var (
		g     Gate
		total atomic.Int64
		wg    sync.WaitGroup
	)
	for range 4 {
		wg.Go(func() {
			for range 100 {
				g.Enter()
				total.Add(1)
				g.Leave()
			}
		})
	}
	for range 5 {
		g.Pause()
		first, second := total.Load(), total.Load()
		g.Resume()
		if first != second {
			t.Errorf("total moved from %d to %d during a checkpoint", first, second)
		}
	}
	wg.Wait()
	if n := total.Load(); n != 400 {
		t.Errorf("total %d, want 400", n)
	}
}
