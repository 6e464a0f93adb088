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

// Twenty goroutines bring 400 jobs of a second each to a pool that manages four a second, and after a minute nobody may come any more.
func TestDoubledLoadIsRunOnceOrRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 4, QueueSize: 8})
		var accepted, ran, running, most atomic.Int64
		job := func(context.Context) {
			if n := running.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Second)
			running.Add(-1)
			ran.Add(1)
		}
		var submitters sync.WaitGroup
		for range 20 {
			submitters.Go(func() {
				for range 20 {
					switch err := p.Submit(context.Background(), job); {
					case err == nil:
						accepted.Add(1)
					case !errors.Is(err, pool.ErrClosed):
						t.Errorf("Submit under load returned %v, want nil or ErrClosed", err)
					}
				}
			})
		}
		time.Sleep(time.Minute + time.Millisecond)
		if err := p.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown under load, with all the time in the world, returned %v", err)
		}
		submitters.Wait()
		if accepted.Load() != ran.Load() {
			t.Errorf("%d jobs were accepted and %d were run", accepted.Load(), ran.Load())
		}
		if most.Load() > 4 {
			t.Errorf("%d jobs were running at once, MaxWorkers is 4", most.Load())
		}
		if ran.Load() < 4*60 {
			t.Errorf("in a minute under load, 4 workers ran %d jobs of a second each, want at least 240: some of them were idle while jobs waited", ran.Load())
		}
	})
}
