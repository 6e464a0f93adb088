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

// start makes a pool, and forces it to shut down when the test is over.
func start(t *testing.T, cfg pool.Config) *pool.Pool {
	t.Helper()
	if cfg.IdleTimeout == 0 {
		cfg.IdleTimeout = time.Second
	}
	p, err := pool.New(cfg)
	if err != nil {
		t.Fatalf("New(%+v) failed: %v", cfg, err)
	}
	t.Cleanup(func() {
		now, cancel := context.WithCancel(context.Background())
		cancel()
		p.Shutdown(now)
		time.Sleep(time.Hour) // virtual time in all tests that use this
	})
	return p
}

// gate makes jobs that run until it is opened, whatever their context says.
type gate struct {
	opened chan struct{}
	once   sync.Once
}

func newGate(t *testing.T) *gate {
	g := &gate{opened: make(chan struct{})}
	t.Cleanup(g.open)
	return g
}

func (g *gate) open()               { g.once.Do(func() { close(g.opened) }) }
func (g *gate) job(context.Context) { <-g.opened }

func mustAccept(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: want the job accepted, got the error %v", what, err)
	}
}

func TestEveryAcceptedJobRunsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 2, MaxWorkers: 4, QueueSize: 8})
		var ran [20]atomic.Int64
		for i := range ran {
			mustAccept(t, "Submit", p.Submit(context.Background(), func(context.Context) { ran[i].Add(1) }))
		}
		if err := p.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown returned %v although there was all the time in the world", err)
		}
		for i := range ran {
			if n := ran[i].Load(); n != 1 {
				t.Errorf("job %d ran %d times, want once", i, n)
			}
		}
	})
}

func TestTrySubmitShedsWhenFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 2, QueueSize: 1})
		g := newGate(t)
		mustAccept(t, "TrySubmit on an idle worker", p.TrySubmit(g.job))
		mustAccept(t, "TrySubmit with one worker busy and two allowed", p.TrySubmit(g.job))
		mustAccept(t, "TrySubmit with both workers busy and an empty queue of size 1", p.TrySubmit(g.job))
		if err := p.TrySubmit(g.job); !errors.Is(err, pool.ErrFull) {
			t.Errorf("two of two workers are busy and the queue of size 1 is full: TrySubmit returned %v, want ErrFull", err)
		}
		g.open()
		synctest.Wait()
		mustAccept(t, "TrySubmit after all jobs have ended", p.TrySubmit(g.job))
	})
}

func TestSubmitWaitsForRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 0})
		g := newGate(t)
		mustAccept(t, "Submit on an idle worker", p.Submit(context.Background(), g.job))

		returned := make(chan error, 1)
		go func() { returned <- p.Submit(context.Background(), func(context.Context) {}) }()
		synctest.Wait()
		select {
		case err := <-returned:
			t.Fatalf("the only worker is busy and there is no queue, but Submit did not wait: it returned %v", err)
		default:
		}
		g.open()
		mustAccept(t, "Submit, once the worker is free", <-returned)
	})
}

func TestShutdownRunsWhatWasAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 4})
		var done atomic.Int64
		for range 5 {
			mustAccept(t, "TrySubmit", p.TrySubmit(func(context.Context) {
				time.Sleep(time.Second)
				done.Add(1)
			}))
		}
		if err := p.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown returned %v", err)
		}
		if n := done.Load(); n != 5 {
			t.Errorf("5 jobs were accepted, Shutdown has returned nil, and %d have run", n)
		}
		if err := p.TrySubmit(func(context.Context) {}); !errors.Is(err, pool.ErrClosed) {
			t.Errorf("TrySubmit after Shutdown returned %v, want ErrClosed", err)
		}
	})
}
