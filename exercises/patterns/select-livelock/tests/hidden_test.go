package workshop_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/workshop"
)

func TestThreeRobotsInARing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		saw, clamp, drill := newTool(t, "saw"), newTool(t, "clamp"), newTool(t, "drill")
		var robots sync.WaitGroup
		robots.Go(func() { work(t, 3, saw, clamp) })
		robots.Go(func() { work(t, 3, clamp, drill) })
		robots.Go(func() { work(t, 3, drill, saw) })
		robots.Wait()
	})
}

func TestCallerGivesUp(t *testing.T) {
	for missing, name := range []string{"saw", "clamp"} {
		for _, swapped := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				tools := []*tool{newTool(t, "saw"), newTool(t, "clamp")}
				if err := tools[missing].Take(context.Background()); err != nil { // somebody else has it
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
				defer cancel()
				a, b := tools[0], tools[1]
				if swapped {
					a, b = b, a
				}
				begin := time.Now()
				putBack, err := workshop.Both(ctx, a, b)
				if putBack != nil || !errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("somebody else has the %s and the context ended: Both(%s, %s) returned the error %v, want context deadline exceeded and no function", name, a.name, b.name, err)
				}
				if took := time.Since(begin); took > time.Minute+4*reach {
					t.Errorf("the context ended after 1m: Both returned after %v", took)
				}
				if len(tools[missing].taken) == 0 {
					t.Errorf("the %s belongs to somebody else, and Both has returned it", name)
				}
				if free := tools[1-missing]; len(free.taken) != 0 {
					t.Errorf("Both gave up waiting for the %s, and keeps the %s", name, free.name)
				}
			})
		}
	}
}

func TestDoneContextTakesNothing(t *testing.T) {
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for range 80 { // who leaves it to Take is lucky once in four times
		synctest.Test(t, func(t *testing.T) {
			saw, clamp := newTool(t, "saw"), newTool(t, "clamp")
			if putBack, err := workshop.Both(done, saw, clamp); putBack != nil || !errors.Is(err, context.Canceled) {
				t.Errorf("the context was done before the call: Both returned the error %v, want context canceled and no function", err)
			}
			if n := len(saw.taken) + len(clamp.taken); n != 0 {
				t.Errorf("the context was done before the call, Both has returned, and %d tools are taken", n)
			}
		})
		if t.Failed() {
			return
		}
	}
}

func TestWaitingIsQuiet(t *testing.T) {
	for missing := range 2 {
		synctest.Test(t, func(t *testing.T) {
			tools := []*tool{newTool(t, "saw"), newTool(t, "clamp")}
			if err := tools[missing].Take(context.Background()); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
			defer cancel()
			if putBack, err := workshop.Both(ctx, tools[0], tools[1]); err == nil {
				putBack()
				t.Errorf("somebody else has the %s, and Both succeeded", tools[missing].name)
			}
			if n := tools[0].asked.Load() + tools[1].asked.Load() - 1; n > 50 {
				t.Errorf("somebody else had the %s for an hour: the waiting call asked %d times for tools, want at most 50", tools[missing].name, n)
			}
		})
	}
}

func TestSameToolTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		saw := newTool(t, "saw")
		for range 2 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			putBack, err := workshop.Both(ctx, saw, saw)
			cancel()
			if err != nil {
				t.Fatalf("the saw is there, and Both(saw, saw) did not get it for a minute: %v", err)
			}
			if len(saw.taken) == 0 {
				t.Error("Both(saw, saw) has returned, and the saw is not taken")
			}
			putBack()
			if len(saw.taken) != 0 {
				t.Error("putBack was called after Both(saw, saw), and the saw is still taken")
			}
		}
	})
}

func TestPutBackFromSeveralGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for n := range 5 {
			saw, clamp := newTool(t, fmt.Sprint("saw ", n)), newTool(t, fmt.Sprint("clamp ", n))
			putBack, err := workshop.Both(context.Background(), saw, clamp)
			if err != nil {
				t.Fatalf("both tools are there, and Both returned the error %v", err)
			}
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(putBack)
			}
			wg.Wait()
			if n := len(saw.taken) + len(clamp.taken); n != 0 {
				t.Errorf("putBack was called by three goroutines, and %d tools are still taken", n)
			}
		}
	})
}
