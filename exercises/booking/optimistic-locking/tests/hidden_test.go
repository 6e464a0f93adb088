package locking_test

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

	"sandbox/locking"
)

func TestOnlyConflictsAreTriedAgain(t *testing.T) {
	diskFull := errors.New("disk full")
	for name := range ways(nil) {
		m := &failing{memory: newMemory(0, "finale"), err: diskFull}
		sell := ways(locking.New(m, locking.Policy{Attempts: 5, Backoff: atOnce}))[name]
		calls := 0
		for _, refusal := range []error{errSoldOut, locking.ErrStale} {
			calls = 0
			got, err := sell(t.Context(), "finale", func(e locking.Event) (locking.Event, error) {
				calls++
				return e, refusal
			})
			if !errors.Is(err, refusal) || got != (locking.Event{}) || calls != 1 || m.saves != 0 {
				t.Errorf("the change refused with %q: %s returned (%+v, %v) after %d calls of it and %d saves, want the zero Event and that error after 1 and 0", refusal, name, got, err, calls, m.saves)
			}
		}
		if got, err := sell(t.Context(), "nowhere", sellOne); !errors.Is(err, errNoEvent) || got != (locking.Event{}) || m.saves != 0 {
			t.Errorf("there is no such event: %s returned (%+v, %v) after %d saves", name, got, err, m.saves)
		}
		got, err := sell(t.Context(), "finale", func(e locking.Event) (locking.Event, error) { return e, nil })
		if !errors.Is(err, diskFull) || got != (locking.Event{}) || m.saves != 1 {
			t.Errorf("Save failed, and not because it was stale: %s returned (%+v, %v) after %d saves, want the error of Save after 1", name, got, err, m.saves)
		}
	}
}

// failing is a Store whose Save fails.
type failing struct {
	*memory
	err error
}

func (f *failing) Save(context.Context, locking.Event) error {
	f.saves++
	return f.err
}

func TestIdentityIsNotTheChangesBusiness(t *testing.T) {
	for name := range ways(nil) {
		m := newMemory(10, "finale", "premiere")
		sell := ways(locking.New(m, locking.Policy{Attempts: 2, Backoff: atOnce}))[name]
		want := locking.Event{ID: "finale", Version: 2, Free: 9, Sold: 1}
		got, err := sell(t.Context(), "finale", func(e locking.Event) (locking.Event, error) {
			return locking.Event{ID: "premiere", Version: 7, Free: e.Free - 1, Sold: e.Sold + 1}, nil
		})
		if got != want || err != nil {
			t.Errorf("the change returned another ID and version: %s returned (%+v, %v), want %+v", name, got, err, want)
		}
		m.want(t, "a change of finale returned the ID premiere", want)
		m.want(t, "a change of finale returned the ID premiere", locking.Event{ID: "premiere", Version: 1, Free: 10})
	}
}

func TestDoneContextDoesNotAskTheStore(t *testing.T) {
	for name := range ways(nil) {
		m := newMemory(10, "finale")
		sell := ways(locking.New(m, locking.Policy{Attempts: 2, Backoff: atOnce}))[name]
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := sell(ctx, "finale", sellOne); !errors.Is(err, context.Canceled) || m.loads != 0 {
			t.Errorf("the context was done before %s was called: it returned %v after %d loads", name, err, m.loads)
		}
	}
}

func TestPausesBetweenAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(1000, "finale")
		m.meddle = func(m *memory, _ int) { m.sold("finale") }
		var lost []int
		b := locking.New(m, locking.Policy{Attempts: 4, Backoff: func(n int) time.Duration {
			lost = append(lost, n)
			return time.Duration(n) * time.Second
		}})
		begin := time.Now()
		_, err := b.Optimistic(t.Context(), "finale", sellOne)
		if took := time.Since(begin); !errors.Is(err, locking.ErrBusy) || took != 6*time.Second {
			t.Errorf("4 attempts, all lost, with pauses of 1s, 2s and 3s in between: Optimistic returned %v after %v, want ErrBusy after 6s", err, took)
		}
		if len(lost) < 3 || !slices.Equal(lost[:3], []int{1, 2, 3}) {
			t.Errorf("4 attempts, all lost: Backoff was called with %v, want 1, 2, 3", lost)
		}
	})
}

func TestAPauseEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(1000, "finale")
		m.meddle = func(m *memory, _ int) { m.sold("finale") }
		b := locking.New(m, locking.Policy{Attempts: 4, Backoff: func(int) time.Duration { return time.Hour }})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		_, err := b.Optimistic(ctx, "finale", sellOne)
		if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took != time.Second {
			t.Errorf("a pause of 1h and a deadline in 1s: Optimistic returned %v after %v", err, took)
		}
		if m.loads != 1 {
			t.Errorf("the context ended in the first pause: %d loads, want 1", m.loads)
		}
	})
}

func TestPessimisticDoesNotTryAgain(t *testing.T) {
	m := newMemory(1000, "finale")
	m.meddle = func(m *memory, _ int) { m.sold("finale") }
	b := locking.New(m, locking.Policy{Attempts: 4, Backoff: atOnce})
	if _, err := b.Pessimistic(t.Context(), "finale", sellOne); !errors.Is(err, locking.ErrStale) || m.loads != 1 {
		t.Errorf("another service was faster: Pessimistic returned %v after %d loads, want ErrStale after 1", err, m.loads)
	}
	if _, err := b.Pessimistic(t.Context(), "nowhere", sellOne); !errors.Is(err, errNoEvent) {
		t.Errorf("there is no such event: Pessimistic returned %v", err)
	}
	if got := b.Locks(); got != 0 {
		t.Errorf("all calls have returned: Locks() = %d, want 0", got)
	}
}

func TestTheNextOneHasItsTurnAfterAFailure(t *testing.T) {
	m := newMemory(10, "finale")
	b := locking.New(m, locking.Policy{Attempts: 1, Backoff: atOnce})
	b.Pessimistic(t.Context(), "finale", func(e locking.Event) (locking.Event, error) { return e, errSoldOut })
	func() {
		defer func() {
			if got := recover(); got != any(errSoldOut) {
				t.Errorf("the change panicked with %q: the caller of Pessimistic got the panic %v", errSoldOut, got)
			}
		}()
		b.Pessimistic(t.Context(), "finale", func(locking.Event) (locking.Event, error) { panic(errSoldOut) })
	}()
	if _, err := b.Pessimistic(t.Context(), "finale", sellOne); err != nil {
		t.Errorf("after a change that failed and one that panicked, Pessimistic failed: %v", err)
	}
	if got := b.Locks(); got != 0 {
		t.Errorf("all calls have returned: Locks() = %d, want 0", got)
	}
}

// inLine lets callers come one after the other while the first one is inside, for a second each, and returns the order of
// their turns. Those in gone have no patience.
func inLine(t *testing.T, b *locking.Booker, callers int, gone ...int) []int {
	var mu sync.Mutex
	var order []int
	var inside atomic.Int64
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			ctx := t.Context()
			if slices.Contains(gone, i) {
				short, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
				defer cancel()
				ctx = short
			}
			b.Pessimistic(ctx, "finale", func(e locking.Event) (locking.Event, error) {
				if n := inside.Add(1); n != 1 {
					t.Errorf("%d calls for the same event are between Load and Save at once", n)
				}
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				time.Sleep(time.Second)
				inside.Add(-1)
				return sellOne(e)
			})
		})
		synctest.Wait() // it has its turn, or it is waiting
	}
	if got := b.Locks(); got != 1 {
		t.Errorf("%d calls for one event: Locks() = %d, want 1", callers, got)
	}
	time.Sleep(1500 * time.Millisecond) // the second one is inside
	wg.Go(func() {                      // and another one comes
		b.Pessimistic(t.Context(), "finale", func(e locking.Event) (locking.Event, error) {
			if n := inside.Add(1); n != 1 {
				t.Errorf("somebody came while others were waiting, and %d calls for the same event are between Load and Save at once", n)
			}
			inside.Add(-1)
			return e, errSoldOut
		})
	})
	wg.Wait()
	return order
}

func TestTurnsAreInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(10, "finale")
		b := locking.New(m, locking.Policy{Attempts: 1, Backoff: atOnce})
		if order, want := inLine(t, b, 5), []int{0, 1, 2, 3, 4}; !slices.Equal(order, want) {
			t.Errorf("calls came in the order %v and had their turns in the order %v", want, order)
		}
		m.want(t, "10 seats, 5 sold one after the other", locking.Event{ID: "finale", Version: 6, Free: 5, Sold: 5})
		if got := b.Locks(); got != 0 {
			t.Errorf("all calls have returned: Locks() = %d, want 0", got)
		}
	})
}

func TestWhoLeavesTheLineDisturbsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := locking.New(newMemory(10, "finale"), locking.Policy{Attempts: 1, Backoff: atOnce})
		if order, want := inLine(t, b, 5, 1, 3), []int{0, 2, 4}; !slices.Equal(order, want) {
			t.Errorf("calls 0 to 4 came in this order, 1 and 3 gave up waiting: the turns were %v, want %v", order, want)
		}
		if got := b.Locks(); got != 0 {
			t.Errorf("all calls have returned: Locks() = %d, want 0", got)
		}
	})
}

func TestOptimisticTakesNoLock(t *testing.T) {
	m := newMemory(10, "finale")
	b := locking.New(m, locking.Policy{Attempts: 1, Backoff: atOnce})
	_, err := b.Pessimistic(t.Context(), "finale", func(e locking.Event) (locking.Event, error) {
		if _, err := b.Optimistic(t.Context(), "finale", sellOne); err != nil {
			t.Errorf("Optimistic while a pessimistic caller has its turn: %v", err)
		}
		return sellOne(e)
	})
	if !errors.Is(err, locking.ErrStale) {
		t.Errorf("an optimistic writer was faster: Pessimistic returned %v, want ErrStale", err)
	}
	m.want(t, "10 seats, 1 sold by Optimistic", locking.Event{ID: "finale", Version: 2, Free: 9, Sold: 1})
}

func TestManyBuyersOfManyEvents(t *testing.T) {
	before := runtime.GOMAXPROCS(4)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
	var ids []string
	for i := range 8 {
		ids = append(ids, fmt.Sprint("event ", i))
	}
	m := newMemory(100, ids...)
	b := locking.New(m, locking.Policy{Attempts: 1, Backoff: atOnce})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				for _, id := range ids {
					if _, err := b.Pessimistic(t.Context(), id, func(e locking.Event) (locking.Event, error) {
						runtime.Gosched()
						return sellOne(e)
					}); err != nil {
						t.Errorf("only pessimistic callers, and one of them failed: %v", err)
					}
					b.Locks()
				}
			}
		})
	}
	wg.Wait()
	for _, id := range ids {
		m.want(t, "4 buyers bought 5 times each", locking.Event{ID: id, Version: 21, Free: 80, Sold: 20})
	}
}
