package crew_test

import (
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/crew"
)

func TestRunningAndWaitingAreLimited(t *testing.T) {
	for _, size := range []struct{ workers, list int }{{1, 0}, {3, 0}, {1, 4}, {3, 2}} {
		synctest.Test(t, func(t *testing.T) {
			c := crew.New(size.workers, size.list)
			open := make(chan struct{})
			var inside, accepted atomic.Int64
			submitted := make(chan struct{})
			go func() {
				defer close(submitted)
				for range size.workers + size.list + 3 {
					if c.Submit(func() {
						inside.Add(1)
						<-open
						inside.Add(-1)
					}) == nil {
						accepted.Add(1)
					}
				}
			}()
			synctest.Wait()
			if n := inside.Load(); n != int64(size.workers) {
				t.Errorf("%d workers, a list of %d and more long jobs than both can hold: %d jobs are running", size.workers, size.list, n)
			}
			if n := accepted.Load(); n != int64(size.workers+size.list) {
				t.Errorf("%d workers, a list of %d and more long jobs than both can hold: %d jobs are accepted, want %d running and %d waiting", size.workers, size.list, n, size.workers, size.list)
			}
			close(open)
			<-submitted
			c.Close()
		})
	}
}

func TestStartedInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crew.New(1, 3)
		var mu sync.Mutex
		var order []int
		for n := range 12 {
			mustAccept(t, "12 short jobs", c.Submit(func() {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, n)
			}))
		}
		c.Close()
		mu.Lock()
		defer mu.Unlock()
		if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}; !slices.Equal(order, want) {
			t.Errorf("one worker, 12 jobs accepted in the order 0 to 11: they were started as %v", order)
		}
	})
}

func TestCloseWaitsForAcceptedJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever is still running comes to an end
		c := crew.New(2, 6)
		var done atomic.Int64
		for range 8 {
			mustAccept(t, "2 workers, a list of 6, 8 jobs", c.Submit(func() {
				time.Sleep(time.Second)
				done.Add(1)
			}))
			synctest.Wait()
		}
		var closers sync.WaitGroup
		for range 3 {
			closers.Go(func() {
				c.Close()
				if n := done.Load(); n != 8 {
					t.Errorf("8 jobs were accepted; one of three calls of Close returned when %d had ended", n)
				}
			})
		}
		time.Sleep(1500 * time.Millisecond) // Close is waiting: four jobs have not been started yet
		var ran atomic.Bool
		if err := c.Submit(func() { ran.Store(true) }); !errors.Is(err, crew.ErrClosed) {
			t.Errorf("Close was called and is waiting for the last jobs: Submit returned %v, want ErrClosed", err)
		}
		if n := done.Load(); n == 8 {
			t.Error("Submit was called while Close was waiting for the last jobs, and returned only after them: a refusal needs no wait")
		}
		closers.Wait()
		if ran.Load() {
			t.Error("a job that was refused ran all the same")
		}
	})
}

// Close is called while Submit waits for room. One processor and many yields: Close has got as far as it can before the
// worker is let go.
func TestCloseWhileSubmitWaits(t *testing.T) {
	before := runtime.GOMAXPROCS(1)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
	yield := func() {
		for range 100 {
			runtime.Gosched()
		}
	}
	for round := range 20 {
		list := round % 3
		c := crew.New(1, list)
		open := make(chan struct{})
		var ran, accepted atomic.Int64
		for range 1 + list {
			mustAccept(t, "1 worker and a list with room", c.Submit(func() { <-open; ran.Add(1) }))
			accepted.Add(1)
			yield()
		}
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() { // there is no room for this one
				switch err := c.Submit(func() { ran.Add(1) }); {
				case err == nil:
					accepted.Add(1)
				case !errors.Is(err, crew.ErrClosed):
					t.Errorf("Submit was waiting for room when Close was called: it returned %v", err)
				}
			})
		}
		yield()
		all.Go(c.Close)
		yield()
		close(open)
		all.Wait()
		if a, r := accepted.Load(), ran.Load(); a != r {
			t.Fatalf("Close was called while others waited for room: %d jobs were accepted, and %d had run when Close returned", a, r)
		}
	}
}

func TestCloseUnderTraffic(t *testing.T) {
	for round := range 15 {
		c := crew.New(3, round%4)
		var accepted, ran, inside atomic.Int64
		var closed atomic.Bool
		var senders sync.WaitGroup
		enough := make(chan struct{})
		for range 4 {
			senders.Go(func() {
				for {
					late := closed.Load()
					err := c.Submit(func() {
						if n := inside.Add(1); n > 3 {
							t.Errorf("%d jobs ran at the same time on 3 workers", n)
						}
						runtime.Gosched()
						inside.Add(-1)
						ran.Add(1)
					})
					if err != nil {
						if !errors.Is(err, crew.ErrClosed) {
							t.Errorf("under traffic Submit returned %v", err)
						}
						return
					}
					if accepted.Add(1) == 20 {
						close(enough)
					}
					if late {
						t.Errorf("Close had returned, and a job that came after it was accepted")
						return
					}
				}
			})
		}
		<-enough
		var closers sync.WaitGroup
		for range 2 {
			closers.Go(c.Close)
		}
		closers.Wait()
		closed.Store(true)
		senders.Wait() // a job may have run before its Submit has returned
		if a, r := accepted.Load(), ran.Load(); a != r {
			t.Fatalf("the crew was closed under traffic: %d jobs were accepted and %d ran", a, r)
		}
	}
}
