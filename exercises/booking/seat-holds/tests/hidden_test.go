package seats_test

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

	"sandbox/seats"
)

// inParallel is for tests that look for an unlucky interleaving.
func inParallel(t *testing.T) {
	before := runtime.GOMAXPROCS(4)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// together runs f again and again on several goroutines: none stops before all have made their turns.
func together(goroutines, turns int, f func(i int)) {
	var done atomic.Int64
	var wg sync.WaitGroup
	for i := range goroutines {
		wg.Go(func() {
			for turn := 1; turn <= turns || done.Load() < int64(goroutines); turn++ {
				f(i)
				if turn == turns {
					done.Add(1)
				}
			}
		})
	}
	wg.Wait()
}

func TestWishesInOppositeOrders(t *testing.T) {
	inParallel(t)
	const length = 200 // so long that everybody is interrupted in the middle of it
	var row []string
	for i := range length {
		row = append(row, fmt.Sprint("A", i))
	}
	back := slices.Clone(row)
	slices.Reverse(back)
	h := seats.New(time.Hour, row...)
	together(2, 60, func(i int) {
		wish := [][]string{row, back}[i]
		hold, err := h.Hold(wish...)
		if err == nil {
			err = h.Release(hold.ID)
		} else if errors.Is(err, seats.ErrTaken) {
			err = nil
		}
		wantErr(t, "one wants the row from left to right, one from right to left: Hold and Release", err, nil)
	})
	wantStats(t, "each hold of all the seats was released", h, seats.Stats{Free: length})
}

// In a bubble only the waiting is virtual: the goroutines are as parallel as ever.
func TestNobodySitsOnAnothersLap(t *testing.T) {
	inParallel(t)
	synctest.Test(t, func(t *testing.T) {
		h := seats.New(time.Hour, "A1", "A2", "A3")
		var sitting [3]atomic.Int64
		var wg sync.WaitGroup
		for i := range 3 {
			pair := []int{i, (i + 1) % 3}
			wg.Go(func() {
				for range 25 {
					hold, err := h.Await(t.Context(), fmt.Sprint("A", pair[0]+1), fmt.Sprint("A", pair[1]+1))
					if err != nil {
						t.Errorf("Await of two seats that are held by others at most: %v", err)
						return
					}
					for _, seat := range pair {
						if n := sitting[seat].Add(1); n != 1 {
							t.Errorf("seat A%d is held by %d customers at once", seat+1, n)
						}
					}
					if s := h.Stats(); s.Free+s.Held+s.Sold != 3 || s.Held < 2 {
						t.Errorf("a hall of 3 seats, at least 2 of them held, says %+v", s)
					}
					time.Sleep(time.Second) // virtual: all others are waiting now
					for _, seat := range pair {
						sitting[seat].Add(-1)
					}
					wantErr(t, "Release", h.Release(hold.ID), nil)
				}
			})
		}
		wg.Wait()
		wantStats(t, "3 seats, and each hold was released", h, seats.Stats{Free: 3})
	})
}

func TestOneOfConfirmAndReleaseWins(t *testing.T) {
	inParallel(t)
	for range 20 {
		h := seats.New(time.Hour, "A1", "A2")
		hold := mustHold(t, h, "A1", "A2")
		var confirmed, released error
		var wg sync.WaitGroup
		wg.Go(func() { confirmed = h.Confirm(hold.ID) })
		wg.Go(func() { released = h.Release(hold.ID) })
		wg.Wait()
		want := seats.Stats{Sold: 2}
		if confirmed != nil {
			want = seats.Stats{Free: 2}
		}
		if (confirmed == nil) == (released == nil) {
			t.Fatalf("Confirm and Release of one hold at once returned %v and %v: exactly one of them can have worked", confirmed, released)
		}
		wantStats(t, "after Confirm and Release at once", h, want)
	}
}

func TestASeatNamedTwiceCountsOnce(t *testing.T) {
	h := seats.New(ttl, "A1", "A2", "A3")
	hold := mustHold(t, h, "A2", "A1", "A2")
	if !slices.Equal(hold.Seats, []string{"A2", "A1"}) {
		t.Errorf(`Hold("A2", "A1", "A2") returned the seats %q, want each once, in the order in which they were first named`, hold.Seats)
	}
	wantStats(t, "A2, A1, A2 of 3 seats held", h, seats.Stats{Free: 1, Held: 2})
}

func TestAHoldBelongsToItsCaller(t *testing.T) {
	h := seats.New(ttl, "A1", "A2", "A3")
	wish := []string{"A1", "A2"}
	hold := mustHold(t, h, wish...)
	wish[0], hold.Seats[1] = "A3", "A3" // the caller may do with its slices what it likes
	wantErr(t, "Confirm", h.Confirm(hold.ID), nil)
	_, err := h.Hold("A1")
	wantErr(t, "Hold of A1, which was sold", err, seats.ErrTaken)
	mustHold(t, h, "A3")
}

func TestIDsAreNeverGivenTwice(t *testing.T) {
	h := seats.New(ttl, "A1", "A2")
	first := mustHold(t, h, "A1")
	second := mustHold(t, h, "A2")
	wantErr(t, "Release", h.Release(first.ID), nil)
	third := mustHold(t, h, "A1")
	if first.ID == second.ID || third.ID == first.ID || third.ID == second.ID {
		t.Errorf("three holds have the IDs %d, %d and %d", first.ID, second.ID, third.ID)
	}
}

func TestSoldStaysSold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := seats.New(ttl, "A1", "A2")
		ada := mustHold(t, h, "A1")
		pass(ttl - 1)
		wantErr(t, "Confirm a nanosecond before expiry", h.Confirm(ada.ID), nil)
		pass(10 * ttl)
		wantStats(t, "A1 was confirmed in time, and much time has passed since", h, seats.Stats{Free: 1, Sold: 1})
		wantErr(t, "Confirm again, long after the hold would have expired", h.Confirm(ada.ID), nil)
		wantErr(t, "Release of a hold that was confirmed long ago", h.Release(ada.ID), seats.ErrSold)
		_, err := h.Hold("A1")
		wantErr(t, "Hold of a seat that was sold long ago", err, seats.ErrTaken)
	})
}

func TestTooLateIsTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := seats.New(ttl, "A1")
		ada := mustHold(t, h, "A1")
		pass(ttl)
		wantErr(t, "Confirm at the instant of expiry, with the seat still free", h.Confirm(ada.ID), seats.ErrExpired)
		wantStats(t, "after a confirmation that came too late", h, seats.Stats{Free: 1})
	})
}

func TestAnOldHoldDoesNotTouchTheNewOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := seats.New(ttl, "A1")
		ada := mustHold(t, h, "A1")
		pass(ttl)
		bob := mustHold(t, h, "A1")
		wantErr(t, "Release of a hold that has expired", h.Release(ada.ID), nil)
		wantStats(t, "an expired hold was released, and its seat is held by another", h, seats.Stats{Held: 1})
		wantErr(t, "Release", h.Release(bob.ID), nil)
		pass(time.Minute)
		cleo := mustHold(t, h, "A1")
		wantErr(t, "Release for the second time", h.Release(bob.ID), nil)
		wantStats(t, "a hold was released twice, and its seat is held by another", h, seats.Stats{Held: 1})
		pass(ttl - time.Minute) // now the hold of bob would have expired
		wantStats(t, "a hold that was released long ago would have expired now, and its seat is held by another", h, seats.Stats{Held: 1})
		wantErr(t, "Confirm", h.Confirm(cleo.ID), nil)
	})
}

// answer is what a call of Await came to.
type answer struct {
	hold seats.Hold
	err  error
	at   time.Time
}

// waiter is a call of Await in a goroutine of its own; nil as long as there is no answer.
type waiter struct{ atomic.Pointer[answer] }

func await(t *testing.T, wg *sync.WaitGroup, h *seats.Hall, names ...string) *waiter {
	w := &waiter{}
	wg.Go(func() {
		hold, err := h.Await(t.Context(), names...)
		w.Store(&answer{hold, err, time.Now()})
	})
	synctest.Wait()
	return w
}

func TestAwaitHearsOfARelease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		h := seats.New(ttl, "A1", "A2", "B1")
		ada, bob := mustHold(t, h, "A1", "A2"), mustHold(t, h, "B1")
		other := await(t, &wg, h, "B1")
		front := await(t, &wg, h, "A1", "A2")
		pass(time.Minute)
		wantErr(t, "Release", h.Release(ada.ID), nil)
		synctest.Wait()
		if got := front.Load(); got == nil {
			t.Error("one waits for B1, one for A1 and A2, and these two were released: the Await for A1 and A2 has not returned")
		} else {
			wantErr(t, "Await of A1 and A2, which were released", got.err, nil)
		}
		if got := other.Load(); got != nil {
			t.Errorf("B1 is still held, and the Await for it has returned %+v, %v", got.hold, got.err)
		}
		wantErr(t, "Release", h.Release(bob.ID), nil)
		synctest.Wait()
		if got := other.Load(); got == nil {
			t.Error("B1 was released, and the Await for it has not returned")
		} else {
			wantErr(t, "Await of B1, which was released", got.err, nil)
		}
		wg.Wait()
	})
}

func TestAwaitHoldsNothingMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		h := seats.New(ttl, "A1", "A2", "A3")
		mustHold(t, h, "A2")
		await(t, &wg, h, "A1", "A2", "A3")
		wantStats(t, "A2 is held, and somebody waits for A1, A2 and A3", h, seats.Stats{Free: 2, Held: 1})
		pass(ttl / 2)
		mustHold(t, h, "A1")
		pass(ttl / 2)
		wantStats(t, "A2 has expired, A1 is held, and somebody waits for all three", h, seats.Stats{Free: 2, Held: 1})
		pass(ttl / 2)
		wantStats(t, "A1 has expired too, and somebody was waiting for all three", h, seats.Stats{Held: 3})
		wg.Wait()
	})
}

func TestAwaitHearsOfASale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		h := seats.New(ttl, "A1", "A2")
		ada, bob := mustHold(t, h, "A1"), mustHold(t, h, "A2")
		begin := time.Now()
		w := await(t, &wg, h, "A1", "A2")
		pass(time.Minute)
		wantErr(t, "Confirm", h.Confirm(ada.ID), nil)
		wg.Wait()
		got := w.Load()
		wantErr(t, "Await of two seats, one of which was sold meanwhile", got.err, seats.ErrTaken)
		if took := got.at.Sub(begin); took != time.Minute {
			t.Errorf("a seat was sold after 1m: the Await for it returned after %v. It has nothing to wait for", took)
		}
		_, err := h.Await(t.Context(), "A2", "A1")
		wantErr(t, "Await of a held seat and one that is sold already", err, seats.ErrTaken)
		wantErr(t, "Release", h.Release(bob.ID), nil)
		wantStats(t, "A1 is sold, A2 was released", h, seats.Stats{Free: 1, Sold: 1})
	})
}

func TestEveryWaiterGetsItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wg sync.WaitGroup
		h := seats.New(ttl, "A1")
		mustHold(t, h, "A1")
		begin := time.Now()
		var waiters []*waiter
		for range 5 {
			waiters = append(waiters, await(t, &wg, h, "A1"))
		}
		wg.Wait()
		var took []time.Duration
		for _, w := range waiters {
			got := w.Load()
			wantErr(t, "Await of a seat that others hold", got.err, nil)
			took = append(took, got.at.Sub(begin))
		}
		slices.Sort(took)
		if want := []time.Duration{ttl, 2 * ttl, 3 * ttl, 4 * ttl, 5 * ttl}; !slices.Equal(took, want) {
			t.Errorf("5 customers wait for one seat, and every hold of it expires after %v: they got it after %v, want %v", ttl, took, want)
		}
	})
}

func TestAwaitRefusesAtOnce(t *testing.T) {
	h := seats.New(ttl, "A1")
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.Await(done, "A1")
	wantErr(t, "Await of a free seat with a context that is done", err, context.Canceled)
	_, err = h.Await(t.Context())
	wantErr(t, "Await without seats", err, seats.ErrNoSeats)
	_, err = h.Await(t.Context(), "A1", "Z9")
	wantErr(t, "Await of a seat that the hall does not have", err, seats.ErrUnknownSeat)
	wantStats(t, "three calls of Await were refused", h, seats.Stats{Free: 1})
}
