package parallel_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/parallel"
)

func TestNoItems(t *testing.T) {
	got, err := parallel.Map(t.Context(), 3, nil, func(context.Context, int) (int, error) {
		t.Error("there are no items, and f was called")
		return 0, nil
	})
	if len(got) != 0 || err != nil {
		t.Errorf("without items Map returned (%v, %v)", got, err)
	}
}

// All calls are running at the same time and end together: those who share something meet here.
func TestManyShortCalls(t *testing.T) {
	for range 5 {
		items := make([]int, 60)
		for i := range items {
			items[i] = i
		}
		var calls [60]atomic.Int64
		var ready sync.WaitGroup
		ready.Add(4)
		got, err := parallel.Map(t.Context(), 4, items, func(_ context.Context, item int) (string, error) {
			calls[item].Add(1)
			if item < 4 { // the first four start together
				ready.Done()
				ready.Wait()
			}
			return fmt.Sprint("price of ", item), nil
		})
		if err != nil || len(got) != len(items) {
			t.Fatalf("60 calls succeeded: Map returned %d results and the error %v", len(got), err)
		}
		for i := range items {
			if n := calls[i].Load(); n != 1 {
				t.Fatalf("f was called %d times for item %d, want once", n, i)
			}
			if want := fmt.Sprint("price of ", i); got[i] != want {
				t.Fatalf("results[%d] = %q, want %q", i, got[i], want)
			}
		}
	}
}

func TestNobodyWaitsForAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var mu sync.Mutex
		var startedAt []time.Duration
		// One slow item, then many quick ones: they all go past it.
		waits := []time.Duration{10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
		_, err := parallel.Map(t.Context(), 2, waits, func(_ context.Context, wait time.Duration) (int, error) {
			mu.Lock()
			startedAt = append(startedAt, time.Since(begin)/time.Second)
			mu.Unlock()
			time.Sleep(wait * time.Second)
			return 0, nil
		})
		if want := []time.Duration{0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; err != nil || !slices.Equal(startedAt, want) {
			t.Errorf("limit 2, the first item takes 10s, ten others 1s each: the calls were started at seconds %d (error %v), want %d. When a call returns the next one is started", startedAt, err, want)
		}
	})
}

func TestStartedInTheOrderOfTheItems(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var order []int
		if _, err := parallel.Map(t.Context(), 1, []int{0, 1, 2, 3, 4, 5, 6, 7}, func(_ context.Context, item int) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			order = append(order, item)
			return 0, nil
		}); err != nil {
			t.Errorf("Map returned the error %v", err)
		}
		if want := []int{0, 1, 2, 3, 4, 5, 6, 7}; !slices.Equal(order, want) {
			t.Errorf("limit 1, items 0 to 7: f was called for %v", order)
		}
	})
}

func TestGoroutinesDependOnTheLimit(t *testing.T) {
	const limit, items = 3, 1000
	before := runtime.NumGoroutine()
	var most atomic.Int64
	if _, err := parallel.Map(t.Context(), limit, make([]int, items), func(context.Context, int) (int, error) {
		if n := int64(runtime.NumGoroutine() - before); n > most.Load() {
			most.Store(n)
		}
		runtime.Gosched()
		return 0, nil
	}); err != nil {
		t.Errorf("Map returned the error %v", err)
	}
	if n := most.Load(); n > 10*limit {
		t.Errorf("%d items with a limit of %d: %d goroutines. Those who only wait for their turn cost memory too", items, limit, n)
	}
}

func TestErrorCancelsTheRunningCallsAndWaitsForThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever is still running comes to an end
		full := errors.New("hotel is full")
		begin := time.Now()
		var running, told atomic.Int64
		got, err := parallel.Map(t.Context(), 4, []int{0, 1, 2, 3, 4, 5}, func(ctx context.Context, item int) (int, error) {
			running.Add(1)
			defer running.Add(-1)
			if item == 2 {
				time.Sleep(time.Second)
				return 0, full
			}
			select {
			case <-ctx.Done():
				told.Add(1)
			case <-time.After(time.Minute):
			}
			time.Sleep(time.Duration(1+item) * time.Second) // hanging up takes a moment
			return 0, fmt.Errorf("item %d was interrupted: %w", item, ctx.Err())
		})
		if n := running.Load(); n != 0 {
			t.Errorf("Map has returned and %d calls are still running", n)
		}
		if n := told.Load(); n != 3 {
			t.Errorf("one of four running calls failed: the context of %d of the others was cancelled, want 3", n)
		}
		if got != nil || err != full {
			t.Errorf(`one call failed with "hotel is full", the others with errors that were caused by that: Map returned (%v, %v), want the first error as it is`, got, err)
		}
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("a call failed after 1s, the last of the others took 4s to hang up: Map returned after %v, want 5s", took)
		}
	})
}

func TestSeveralFailAtTheSameTime(t *testing.T) {
	for range 5 {
		var ready sync.WaitGroup
		ready.Add(4)
		errs := []error{errors.New("e0"), errors.New("e1"), errors.New("e2"), errors.New("e3")}
		got, err := parallel.Map(t.Context(), 4, errs, func(_ context.Context, item error) (int, error) {
			ready.Done()
			ready.Wait() // the four fail together
			return 0, item
		})
		if got != nil || !slices.Contains(errs, err) {
			t.Errorf("four calls failed at the same time: Map returned (%v, %v), want nil and one of their errors", got, err)
		}
	}
}

func TestCallerGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever is still running comes to an end
		ctx, cancel := context.WithTimeout(context.Background(), 1500*time.Millisecond)
		defer cancel()
		begin := time.Now()
		var started, running atomic.Int64
		got, err := parallel.Map(ctx, 2, make([]int, 10), func(context.Context, int) (int, error) {
			started.Add(1)
			running.Add(1)
			defer running.Add(-1)
			time.Sleep(time.Second) // deaf to its context
			return 7, nil
		})
		if got != nil || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("10 calls of 1s, two at a time, and the context ended after 1.5s: Map returned (%v, %v), want (nil, context deadline exceeded)", got, err)
		}
		if n := started.Load(); n != 4 {
			t.Errorf("10 calls of 1s, two at a time, and the context ended after 1.5s: %d calls were started, want 4", n)
		}
		if n, took := running.Load(), time.Since(begin); n != 0 || took != 2*time.Second {
			t.Errorf("the context ended after 1.5s and the running calls after 2s: Map returned after %v with %d calls still running", took, n)
		}
	})
}

func TestDoneContextStartsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 20 {
		got, err := parallel.Map(ctx, 3, []int{1, 2, 3, 4}, func(context.Context, int) (int, error) {
			t.Error("the context was done before Map was called, and f was called")
			return 0, nil
		})
		if got != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("the context was done before Map was called: it returned (%v, %v), want (nil, context canceled)", got, err)
		}
		if t.Failed() {
			return
		}
	}
}

func TestResultsBeatAContextThatEndsLate(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var ended atomic.Int64
	got, err := parallel.Map(ctx, 1, []int{1, 2, 3}, func(_ context.Context, item int) (int, error) {
		if ended.Add(1) == 3 {
			cancel() // during the last call, which succeeds all the same
		}
		return item, nil
	})
	if want := []int{1, 2, 3}; err != nil || !slices.Equal(got, want) {
		t.Errorf("the context ended during the last call, and all calls succeeded: Map returned (%v, %v), want their results", got, err)
	}
}

func TestPanicCancelsAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever is still running comes to an end
		rubbish := &struct{ page string }{"<html>"}
		var running, told, started atomic.Int64
		func() {
			defer func() {
				if p := recover(); p != rubbish {
					t.Errorf("a call panicked with a value of its own: the caller of Map recovered %v, want that value", p)
				}
			}()
			got, err := parallel.Map(t.Context(), 3, []int{0, 1, 2, 3, 4}, func(ctx context.Context, item int) (int, error) {
				started.Add(1)
				running.Add(1)
				defer running.Add(-1)
				if item == 1 {
					time.Sleep(time.Second)
					panic(rubbish)
				}
				select {
				case <-ctx.Done():
					told.Add(1)
				case <-time.After(time.Minute):
				}
				time.Sleep(time.Second)
				return 0, nil
			})
			t.Errorf("a call panicked and Map returned (%v, %v)", got, err)
		}()
		if n := running.Load(); n != 0 {
			t.Errorf("Map has panicked and %d calls are still running", n)
		}
		if n := told.Load(); n != 2 {
			t.Errorf("one of three running calls panicked: the context of %d of the others was cancelled, want 2", n)
		}
		if n := started.Load(); n != 3 {
			t.Errorf("one of the first three calls panicked: %d calls were started, want 3", n)
		}
	})
}

func TestPanicCountsMoreThanAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer func() {
			if p := recover(); p != "rubbish" {
				t.Errorf(`one call failed, another one panicked with "rubbish" when it was cancelled: the caller of Map recovered %v`, p)
			}
		}()
		_, err := parallel.Map(t.Context(), 2, []int{0, 1}, func(ctx context.Context, item int) (int, error) {
			if item == 0 {
				time.Sleep(time.Second)
				return 0, errors.New("hotel is full")
			}
			select {
			case <-ctx.Done():
			case <-time.After(time.Minute):
			}
			panic("rubbish")
		})
		t.Errorf("a call panicked after another one had failed: Map returned the error %v", err)
	})
}

func TestContextIsDerivedAndEnds(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace-7")
	var mu sync.Mutex
	var seen []context.Context
	if _, err := parallel.Map(ctx, 2, make([]int, 4), func(ctx context.Context, _ int) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, ctx)
		if ctx.Err() != nil || ctx.Value(key{}) != "trace-7" {
			t.Errorf("a call found its context ended (%v) or without the caller's value (%v)", ctx.Err(), ctx.Value(key{}))
		}
		return 0, nil
	}); err != nil {
		t.Errorf("Map returned the error %v", err)
	}
	for _, ctx := range seen {
		if ctx.Err() == nil {
			t.Error("Map has returned and the context that a call got is not cancelled: what still hangs on it is never told")
			break
		}
	}
}
