package pool_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/pool"
)

// Half of those who wait give up in the very moment in which the worker becomes free.
func TestWhoGivesUpAsRoomAppearsNeitherRunsNorBlocksOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for range 50 {
			p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 0})
			g := newGate(t)
			mustAccept(t, "TrySubmit on an idle worker", p.TrySubmit(g.job))
			ctx, cancel := context.WithCancel(context.Background())
			var ran, accepted atomic.Int64
			var waiting sync.WaitGroup
			for i := range 6 {
				waiting.Go(func() {
					own := context.Background()
					if i%2 == 0 {
						own = ctx
					}
					err := p.Submit(own, func(context.Context) { ran.Add(1) })
					if err == nil {
						accepted.Add(1)
					} else if i%2 != 0 || !errors.Is(err, context.Canceled) {
						t.Errorf("Submit returned %v; its context was cancelled: %t", err, i%2 == 0)
					}
				})
			}
			synctest.Wait()
			waiting.Go(cancel)
			waiting.Go(g.open)
			waiting.Wait()
			time.Sleep(time.Minute)
			if n := ran.Load(); n != accepted.Load() || n < 3 {
				t.Fatalf("6 calls of Submit waited, 3 gave up as the worker became free: %d were accepted and %d jobs were run, want the same, and at least 3", accepted.Load(), n)
			}
		}
	})
}
