package parallel_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/parallel"
)

func TestResultsAreInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time is virtual in here
		waits := []int{5, 1, 4, 2, 3}
		got, err := parallel.Map(t.Context(), 5, waits, func(_ context.Context, wait int) (int, error) {
			time.Sleep(time.Duration(wait) * time.Second)
			return 10 * wait, nil
		})
		if want := []int{50, 10, 40, 20, 30}; err != nil || !slices.Equal(got, want) {
			t.Errorf("items %v, each takes as many seconds, results ten times the item: Map returned (%v, %v), want %v", waits, got, err, want)
		}
	})
}

func TestNoMoreThanTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var inside, most atomic.Int64
		begin := time.Now()
		_, err := parallel.Map(t.Context(), 3, make([]struct{}, 12), func(context.Context, struct{}) (int, error) {
			most.Store(max(most.Load(), inside.Add(1)))
			time.Sleep(time.Second)
			inside.Add(-1)
			return 0, nil
		})
		if err != nil {
			t.Errorf("all calls succeeded and Map returned the error %v", err)
		}
		if took := time.Since(begin); took != 4*time.Second {
			t.Errorf("12 calls of 1s each with a limit of 3 take 4s; Map took %v, at most %d calls at a time", took, most.Load())
		}
	})
}

func TestFirstErrorStopsTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // whoever is still running comes to an end
		full := errors.New("hotel is full")
		var started atomic.Int64
		got, err := parallel.Map(t.Context(), 2, []int{1, 2, 3, 4, 5, 6}, func(_ context.Context, item int) (int, error) {
			started.Add(1)
			time.Sleep(time.Duration(item) * time.Second)
			if item == 2 {
				return 0, full
			}
			return item, nil
		})
		if got != nil || err != full {
			t.Errorf(`item 2 failed with "hotel is full": Map returned (%v, %v)`, got, err)
		}
		if n := started.Load(); n != 3 {
			t.Errorf("item 2 failed after 2s, when 1 had ended and 3 was running: %d calls were started in all, want 3", n)
		}
	})
}

func TestPanicComesToTheCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer func() {
			if p := recover(); p != "rubbish" {
				t.Errorf(`a call panicked with "rubbish": the caller of Map recovered %v`, p)
			}
		}()
		got, err := parallel.Map(t.Context(), 2, []int{1, 2, 3}, func(_ context.Context, item int) (int, error) {
			if item == 2 {
				panic("rubbish")
			}
			return item, nil
		})
		t.Errorf("a call panicked and Map returned (%v, %v)", got, err)
	})
}
