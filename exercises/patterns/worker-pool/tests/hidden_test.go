package pool_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/pool"
)

func nothing(context.Context) {}

func TestBadConfigurationsAreRefused(t *testing.T) {
	for _, cfg := range []pool.Config{
		{},
		{MinWorkers: 0, MaxWorkers: 1, IdleTimeout: time.Second},
		{MinWorkers: 2, MaxWorkers: 1, IdleTimeout: time.Second},
		{MinWorkers: 1, MaxWorkers: 1, QueueSize: -1, IdleTimeout: time.Second},
		{MinWorkers: 1, MaxWorkers: 1, IdleTimeout: 0},
	} {
		p, err := pool.New(cfg)
		if !errors.Is(err, pool.ErrConfig) {
			t.Errorf("New(%+v) returned the error %v, want one that matches ErrConfig", cfg, err)
		}
		if err == nil {
			p.Shutdown(context.Background())
		}
	}
}

func TestWorkersComeBeforeTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 2, MaxWorkers: 4, QueueSize: 3})
		g := newGate(t)
		synctest.Wait()
		want := []pool.Stats{
			{Workers: 2}, {Workers: 2, Running: 1}, {Workers: 2, Running: 2}, {Workers: 3, Running: 3}, {Workers: 4, Running: 4},
			{Workers: 4, Running: 4, Queued: 1}, {Workers: 4, Running: 4, Queued: 2}, {Workers: 4, Running: 4, Queued: 3},
		}
		for jobs, want := range want {
			synctest.Wait()
			if got := p.Stats(); got != want {
				t.Fatalf("2 to 4 workers, a queue of 3, and %d long jobs accepted: Stats() = %+v, want %+v. A job is queued only while MaxWorkers are running", jobs, got, want)
			}
			if jobs < 7 {
				mustAccept(t, "TrySubmit while there is room", p.TrySubmit(g.job))
			}
		}
		if err := p.TrySubmit(g.job); !errors.Is(err, pool.ErrFull) {
			t.Errorf("4 of 4 workers are busy, 3 of 3 places are taken: TrySubmit returned %v, want ErrFull", err)
		}
	})
}

func TestIdleWorkersLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 2, MaxWorkers: 5, QueueSize: 0, IdleTimeout: time.Minute})
		for round := range 2 {
			g := newGate(t)
			for range 5 {
				mustAccept(t, "TrySubmit with room for a worker", p.TrySubmit(g.job))
			}
			time.Sleep(10 * time.Minute) // they are busy, not idle
			if got := p.Stats().Workers; got != 5 {
				t.Fatalf("round %d: 5 jobs have been running for 10m with an idle timeout of 1m, and there are %d workers", round, got)
			}
			g.open()
			time.Sleep(59 * time.Second)
			if got := p.Stats().Workers; got != 5 {
				t.Errorf("round %d: all 5 workers have been idle for 59s of 1m, and there are %d", round, got)
			}
			time.Sleep(2 * time.Second)
			if got := p.Stats().Workers; got != 2 {
				t.Errorf("round %d: all workers have been idle for 61s, the timeout is 1m, MinWorkers is 2, and there are %d", round, got)
			}
			time.Sleep(time.Hour)
			if got := p.Stats().Workers; got != 2 {
				t.Errorf("round %d: after an idle hour there are %d workers, want MinWorkers, which is 2", round, got)
			}
		}
	})
}

func TestPanicsCostNoCapacity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 2, QueueSize: 1})
		for range 10 {
			mustAccept(t, "Submit", p.Submit(context.Background(), func(context.Context) { panic("thumbnail of a text file") }))
		}
		synctest.Wait()
		if got := p.Stats(); got.Panics != 10 || got.Workers < 1 || got.Workers > 2 || got.Running != 0 || got.Queued != 0 {
			t.Errorf("10 jobs were run and panicked, 1 to 2 workers: Stats() = %+v", got)
		}
		g := newGate(t)
		for range 3 {
			mustAccept(t, "TrySubmit after 10 panics, with room for 2 running and 1 queued", p.TrySubmit(g.job))
		}
		synctest.Wait()
		if got := p.Stats(); got.Running != 2 || got.Queued != 1 {
			t.Errorf("after 10 panics, 3 long jobs were accepted by 1 to 2 workers and a queue of 1: Stats() = %+v, want 2 running and 1 queued", got)
		}
	})
}

func TestSubmitGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 1})
		g := newGate(t)
		mustAccept(t, "TrySubmit", p.TrySubmit(g.job))
		mustAccept(t, "TrySubmit", p.TrySubmit(g.job))

		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		begin := time.Now()
		var ran atomic.Bool
		err := p.Submit(ctx, func(context.Context) { ran.Store(true) })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the pool is full and the context ended: Submit returned %v, want context deadline exceeded", err)
		}
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("Submit with a deadline in 3s returned after %v", took)
		}
		g.open()
		synctest.Wait()
		if err := p.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown returned %v", err)
		}
		if ran.Load() {
			t.Error("Submit returned an error, and its job ran all the same")
		}
	})
}

func TestDoneContextIsNotAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 50})
		done, cancel := context.WithCancel(context.Background())
		cancel()
		var ran atomic.Int64
		for range 40 {
			if err := p.Submit(done, func(context.Context) { ran.Add(1) }); !errors.Is(err, context.Canceled) {
				t.Fatalf("the context was done before Submit was called: it returned %v, want context canceled", err)
			}
		}
		synctest.Wait()
		if n := ran.Load(); n != 0 {
			t.Errorf("%d jobs ran whose Submit returned an error", n)
		}
	})
}

func TestJobsDoNotGetTheCallersContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 1})
		ctx, cancel := context.WithCancel(context.Background())
		errs := make(chan error, 1)
		mustAccept(t, "Submit", p.Submit(ctx, func(ctx context.Context) {
			time.Sleep(time.Second)
			errs <- ctx.Err()
		}))
		cancel() // as a request handler's context is once it has answered
		if err := <-errs; err != nil {
			t.Errorf("the context of Submit was cancelled after the job had been accepted, and the job saw %v: that context is only about waiting", err)
		}
	})
}

func TestFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 3})
		g := newGate(t)
		mustAccept(t, "TrySubmit", p.TrySubmit(g.job))
		var mu sync.Mutex
		var order []int
		job := func(n int) pool.Job {
			return func(context.Context) {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, n)
			}
		}
		for n := range 3 {
			mustAccept(t, "TrySubmit with room in the queue", p.TrySubmit(job(n)))
		}
		for n := 3; n < 6; n++ {
			go p.Submit(context.Background(), job(n))
			synctest.Wait() // it is waiting for room now
		}
		g.open()
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		if want := []int{0, 1, 2, 3, 4, 5}; !slices.Equal(order, want) {
			t.Errorf("jobs 0 to 2 were queued in this order, then 3 to 5 waited for room in this order; they ran as %v", order)
		}
	})
}

func TestJobsMaySubmitJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 2, QueueSize: 2})
		errs := make(chan error, 3)
		errs <- p.TrySubmit(func(context.Context) {
			errs <- p.TrySubmit(nothing)
			errs <- p.Submit(context.Background(), nothing)
		})
		for range 3 {
			mustAccept(t, "a job that submits jobs", <-errs)
		}
	})
}

func TestClosedPoolRefusesJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 1, QueueSize: 1})
		g := newGate(t)
		mustAccept(t, "TrySubmit", p.TrySubmit(g.job))
		mustAccept(t, "TrySubmit", p.TrySubmit(g.job))
		var ran atomic.Bool
		waiting := make(chan error, 1)
		go func() { waiting <- p.Submit(context.Background(), func(context.Context) { ran.Store(true) }) }()
		synctest.Wait() // that Submit is waiting for room now

		drained := make(chan error, 1)
		go func() { drained <- p.Shutdown(context.Background()) }()
		synctest.Wait()
		select {
		case err := <-waiting:
			if !errors.Is(err, pool.ErrClosed) {
				t.Errorf("a Submit was waiting for room when the pool was shut down: it returned %v, want ErrClosed", err)
			}
		default:
			t.Error("a Submit was waiting for room when the pool was shut down: it is still waiting")
		}
		for _, when := range []string{"while the pool drains", "after the pool has drained"} {
			if err := p.TrySubmit(nothing); !errors.Is(err, pool.ErrClosed) {
				t.Errorf("%s TrySubmit returned %v, want ErrClosed", when, err)
			}
			if err := p.Submit(context.Background(), nothing); !errors.Is(err, pool.ErrClosed) {
				t.Errorf("%s Submit returned %v, want ErrClosed", when, err)
			}
			g.open()
			synctest.Wait()
		}
		if err := <-drained; err != nil {
			t.Errorf("Shutdown returned %v although it could drain", err)
		}
		if ran.Load() {
			t.Error("a job ran although its Submit was answered with ErrClosed")
		}
		if got := p.Stats(); got != (pool.Stats{}) {
			t.Errorf("after Shutdown, Stats() = %+v, want all zero", got)
		}
	})
}

func TestGracefulShutdownLeavesJobsInPeace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 2, QueueSize: 4})
		begin := time.Now()
		var done, disturbed atomic.Int64
		for range 6 {
			mustAccept(t, "TrySubmit", p.TrySubmit(func(ctx context.Context) {
				time.Sleep(2 * time.Second)
				if ctx.Err() != nil {
					disturbed.Add(1)
				}
				done.Add(1)
			}))
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := p.Shutdown(ctx); err != nil {
			t.Errorf("Shutdown returned %v with a deadline in 1m and 6s of work left", err)
		}
		if done.Load() != 6 {
			t.Errorf("6 jobs were accepted, Shutdown has returned, and %d have run to their end", done.Load())
		}
		if took := time.Since(begin); took != 6*time.Second {
			t.Errorf("6 jobs of 2s on 2 workers take 6s; Shutdown returned after %v", took)
		}
		if disturbed.Load() > 0 {
			t.Errorf("the context of %d jobs was cancelled although the shutdown was graceful", disturbed.Load())
		}
	})
}

func TestForcedShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 2, MaxWorkers: 2, QueueSize: 3})
		g := newGate(t)
		listener := make(chan error, 1)
		mustAccept(t, "TrySubmit", p.TrySubmit(g.job)) // deaf to its context
		mustAccept(t, "TrySubmit", p.TrySubmit(func(ctx context.Context) {
			select {
			case <-ctx.Done():
				listener <- ctx.Err()
			case <-g.opened:
				listener <- nil
			}
		}))
		var ran atomic.Int64
		for range 3 {
			mustAccept(t, "TrySubmit with room in the queue", p.TrySubmit(func(context.Context) { ran.Add(1) }))
		}
		begin := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := p.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("two jobs run for ever and Shutdown had 5s: it returned %v, want context deadline exceeded", err)
		}
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("Shutdown with a deadline in 5s returned after %v", took)
		}
		synctest.Wait()
		select {
		case err := <-listener:
			if err == nil {
				t.Error("the running job ended without seeing its context cancelled")
			}
		default:
			t.Error("the shutdown was forced, and the context of a running job is not cancelled")
		}
		if got := p.Stats(); got.Queued != 0 {
			t.Errorf("the shutdown was forced and %d jobs are still queued", got.Queued)
		}
		g.open()
		if err := p.Shutdown(context.Background()); err != nil {
			t.Errorf("a second Shutdown waits for the last job and returns nil; it returned %v", err)
		}
		if n := ran.Load(); n != 0 {
			t.Errorf("the shutdown was forced with 3 jobs in the queue, and %d of them ran", n)
		}
		if got := p.Stats(); got.Workers != 0 {
			t.Errorf("all jobs have ended after a forced shutdown, and there are %d workers", got.Workers)
		}
	})
}

func TestManyCallShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := start(t, pool.Config{MinWorkers: 1, MaxWorkers: 2, QueueSize: 2})
		var done atomic.Int64
		for range 4 {
			mustAccept(t, "TrySubmit", p.TrySubmit(func(context.Context) {
				time.Sleep(time.Second)
				done.Add(1)
			}))
		}
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := p.Shutdown(context.Background()); err != nil {
					t.Errorf("one of three calls of Shutdown returned %v", err)
				}
				if n := done.Load(); n != 4 {
					t.Errorf("one of three calls of Shutdown returned nil when %d of 4 jobs had run", n)
				}
			})
		}
		wg.Wait()
	})
}

// Real time and real parallelism: idle workers leave all the time, while jobs arrive and the pool is shut down.
func TestUnderTraffic(t *testing.T) {
	const maxWorkers = 4
	p, err := pool.New(pool.Config{MinWorkers: 1, MaxWorkers: maxWorkers, QueueSize: 4, IdleTimeout: 20 * time.Microsecond})
	if err != nil {
		t.Fatalf("New failed: %v", err)
	}
	var accepted, ran, inside, most, callers atomic.Int64
	callers.Store(8)
	job := func(context.Context) {
		now := inside.Add(1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		inside.Add(-1)
		if ran.Add(1)%50 == 0 {
			panic("one in fifty")
		}
	}
	var wg sync.WaitGroup
	for caller := range 8 {
		wg.Go(func() {
			defer callers.Add(-1)
			for i := range 150 {
				err := error(nil)
				if (caller+i)%2 == 0 {
					err = p.Submit(context.Background(), job)
				} else {
					err = p.TrySubmit(job)
				}
				switch {
				case err == nil:
					accepted.Add(1)
				case errors.Is(err, pool.ErrClosed):
					return
				case !errors.Is(err, pool.ErrFull):
					t.Errorf("under traffic a submit returned %v", err)
				}
				if got := p.Stats(); got.Workers > maxWorkers || got.Running > maxWorkers || got.Queued > 4 || got.Running < 0 {
					t.Errorf("under traffic, with at most %d workers and a queue of 4, Stats() = %+v", maxWorkers, got)
				}
			}
		})
	}
	wg.Go(func() {
		for accepted.Load() < 400 && callers.Load() > 0 {
			p.Stats()
		}
		if err := p.Shutdown(context.Background()); err != nil {
			t.Errorf("Shutdown under traffic returned %v", err)
		}
	})
	wg.Wait()
	if a, r := accepted.Load(), ran.Load(); a != r {
		t.Errorf("the pool was shut down under traffic: %d jobs were accepted and %d ran", a, r)
	}
	if n := most.Load(); n > maxWorkers {
		t.Errorf("%d jobs ran at the same time, MaxWorkers is %d", n, maxWorkers)
	}
}
