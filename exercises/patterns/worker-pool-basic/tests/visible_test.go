package crew_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/crew"
)

func mustAccept(t *testing.T, when string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: Submit returned %v, want the job accepted", when, err)
	}
}

func TestEveryAcceptedJobRunsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crew.New(3, 5)
		var ran [30]atomic.Int64
		for i := range ran {
			mustAccept(t, "30 short jobs, 3 workers, a list of 5", c.Submit(func() { ran[i].Add(1) }))
		}
		c.Close()
		for i := range ran {
			if n := ran[i].Load(); n != 1 {
				t.Errorf("job %d was accepted and Close has returned: it ran %d times, want once", i, n)
			}
		}
	})
}

func TestAllWorkersAreUsed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever is still running comes to an end
		c := crew.New(4, 100)
		var inside, most atomic.Int64
		begin := time.Now() // virtual time
		for range 12 {
			mustAccept(t, "12 jobs, 4 workers, a list of 100", c.Submit(func() {
				most.Store(max(most.Load(), inside.Add(1)))
				time.Sleep(time.Second)
				inside.Add(-1)
			}))
		}
		c.Close()
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("12 jobs of 1s each on 4 workers take 3s, here they took %v (at most %d at a time)", took, most.Load())
		}
	})
}

func TestSubmitWaitsForRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever is still running comes to an end
		c := crew.New(1, 2)
		for range 3 {
			mustAccept(t, "1 worker, a list of 2", c.Submit(func() { time.Sleep(time.Minute) }))
			synctest.Wait() // the first is running, the others are waiting for the worker
		}
		begin := time.Now()
		mustAccept(t, "with the list full for the next minute", c.Submit(func() {}))
		if waited := time.Since(begin); waited != time.Minute {
			t.Errorf("the only worker is busy for 1m and both places of the list are taken: Submit returned after %v, want 1m", waited)
		}
		c.Close()
	})
}

func TestClosedCrewRefusesJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crew.New(2, 2)
		synctest.Wait() // both workers have nothing to do
		c.Close()
		var ran atomic.Bool
		if err := c.Submit(func() { ran.Store(true) }); !errors.Is(err, crew.ErrClosed) {
			t.Errorf("Submit after Close returned %v, want ErrClosed", err)
		}
		c.Close() // once more is fine
		if ran.Load() {
			t.Error("a job that was refused ran all the same")
		}
	})
}
