package seats_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/seats"
)

const ttl = 8 * time.Minute

func mustHold(t *testing.T, h *seats.Hall, names ...string) seats.Hold {
	t.Helper()
	hold, err := h.Hold(names...)
	if err != nil {
		t.Fatalf("Hold(%q) failed although these seats are free: %v", names, err)
	}
	return hold
}

func wantErr(t *testing.T, what string, got, want error) {
	t.Helper()
	if want == nil && got != nil || !errors.Is(got, want) {
		t.Errorf("%s: got the error %v, want %v", what, got, want)
	}
}

func wantStats(t *testing.T, when string, h *seats.Hall, want seats.Stats) {
	t.Helper()
	if got := h.Stats(); got != want {
		t.Errorf("%s: Stats() = %+v, want %+v", when, got, want)
	}
}

// pass lets virtual time pass, and lets everything that is due by then happen.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestHoldsAreAllOrNothing(t *testing.T) {
	h := seats.New(ttl, "A1", "A2", "A3")
	hold := mustHold(t, h, "A1", "A2")
	if !slices.Equal(hold.Seats, []string{"A1", "A2"}) {
		t.Errorf(`Hold("A1", "A2") returned the seats %q`, hold.Seats)
	}
	_, err := h.Hold("A3", "A2")
	wantErr(t, "Hold of A3 and A2, with A2 held by another", err, seats.ErrTaken)
	_, err = h.Hold("A3", "Z9")
	wantErr(t, "Hold of A3 and of a seat that the hall does not have", err, seats.ErrUnknownSeat)
	_, err = h.Hold()
	wantErr(t, "Hold without seats", err, seats.ErrNoSeats)
	wantStats(t, "3 seats, 2 of them held, and three holds refused", h, seats.Stats{Free: 1, Held: 2})
	mustHold(t, h, "A3")
}

func TestConfirmAndRelease(t *testing.T) {
	h := seats.New(ttl, "A1", "A2", "A3")
	ada, bob := mustHold(t, h, "A1", "A2"), mustHold(t, h, "A3")
	wantErr(t, "Confirm", h.Confirm(ada.ID), nil)
	wantErr(t, "Release", h.Release(bob.ID), nil)
	wantStats(t, "2 of 3 seats were confirmed, 1 was released", h, seats.Stats{Free: 1, Sold: 2})
	wantErr(t, "Confirm for the second time", h.Confirm(ada.ID), nil)
	wantErr(t, "Release of a confirmed hold", h.Release(ada.ID), seats.ErrSold)
	wantErr(t, "Confirm of a released hold", h.Confirm(bob.ID), seats.ErrExpired)
	wantErr(t, "Confirm of a hold that never was", h.Confirm(-1), seats.ErrUnknownHold)
	wantErr(t, "Release of a hold that never was", h.Release(-1), seats.ErrUnknownHold)
	_, err := h.Hold("A1")
	wantErr(t, "Hold of a sold seat", err, seats.ErrTaken)
}

func TestHoldsExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time is virtual in here
		h := seats.New(ttl, "A1", "A2")
		ada := mustHold(t, h, "A1")
		if want := time.Now().Add(ttl); !ada.Expires.Equal(want) {
			t.Errorf("a hold with a ttl of %v expires at %v, want %v", ttl, ada.Expires, want)
		}
		pass(ttl - 1)
		wantStats(t, "a nanosecond before the hold of A1 expires", h, seats.Stats{Free: 1, Held: 1})
		pass(1)
		wantStats(t, "at the instant at which the hold of A1 expires", h, seats.Stats{Free: 2})
		bob := mustHold(t, h, "A1")
		wantErr(t, "Confirm of a hold that has expired", h.Confirm(ada.ID), seats.ErrExpired)
		wantErr(t, "Confirm of the hold that came after it", h.Confirm(bob.ID), nil)
	})
}

func TestAwaitTakesWhatBecomesFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := seats.New(ttl, "A1", "A2", "A3")
		mustHold(t, h, "A1", "A2")
		begin := time.Now()
		hold, err := h.Await(t.Context(), "A2", "A3")
		if took := time.Since(begin); err != nil || took != ttl {
			t.Errorf("A2 was held with a ttl of %v: Await returned after %v with the error %v", ttl, took, err)
		}
		if want := time.Now().Add(ttl); !hold.Expires.Equal(want) || !slices.Equal(hold.Seats, []string{"A2", "A3"}) {
			t.Errorf("Await returned %+v, want A2 and A3 until %v", hold, want)
		}
	})
}

func TestAwaitGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := seats.New(ttl, "A1")
		mustHold(t, h, "A1")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		begin := time.Now()
		_, err := h.Await(ctx, "A1")
		wantErr(t, "Await of a held seat with a deadline in 1m", err, context.DeadlineExceeded)
		if took := time.Since(begin); took != time.Minute {
			t.Errorf("Await with a deadline in 1m returned after %v", took)
		}
	})
}
