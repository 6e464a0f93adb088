package inventory_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/inventory"
)

func TestRingOfOrders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		homes := map[string][]int{"a": {0}, "b": {1}, "c": {2}}
		inv, parts := database(t, homes, stock{"a": 9}, stock{"b": 9}, stock{"c": 9})
		var wg sync.WaitGroup
		for _, lines := range [][]inventory.Line{
			{line("a", 1), line("b", 1)}, {line("b", 1), line("c", 1)}, {line("c", 1), line("a", 1)},
		} {
			wg.Go(func() { expect(t, "two of three shows", inv.Book(t.Context(), lines...), nil) })
		}
		wg.Wait()
		allEnded(t, parts)
	})
}

// The first booking is long on its way to partition 1. Whoever does not take the partitions one after the other gets
// one of them each.
func TestOrdersMeetHalfWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"matinee": {0}, "evening": {1}}, stock{"matinee": 5}, stock{"evening": 5})
		parts[1].way = []time.Duration{50 * ms}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				expect(t, "matinee and evening", inv.Book(t.Context(), line("matinee", 1), line("evening", 1)), nil)
			})
			time.Sleep(5 * ms)
			parts[0].slowDown(50 * ms) // for the second one the other way is the long one
		}
		wg.Wait()
		allEnded(t, parts)
	})
}

func TestBadOrders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"show": {0}}, stock{"show": 5})
		expect(t, "an order without lines", inv.Book(t.Context()), inventory.ErrOrder)
		expect(t, "an order for 0 tickets", inv.Book(t.Context(), line("show", 0)), inventory.ErrOrder)
		expect(t, "an order for 2 and then -1 tickets", inv.Book(t.Context(), line("show", 2), line("show", -1)), inventory.ErrOrder)
		expect(t, "an order for an unknown event", inv.Book(t.Context(), line("show", 1), line("ghost", 1)), inventory.ErrOrder)
		_, err := inv.Available(t.Context(), "ghost")
		expect(t, "Available of an unknown event", err, inventory.ErrOrder)
		if n := parts[0].began(); n != 0 {
			t.Errorf("five calls made no sense, and %d transactions were begun for them", n)
		}
	})
}

func TestLinesOfOneEventAddUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"show": {0}, "other": {0}}, stock{"show": 3, "other": 3})
		expect(t, "2 and 2 tickets of an event that has 3", inv.Book(t.Context(), line("show", 2), line("other", 1), line("show", 2)), inventory.ErrSoldOut)
		allEnded(t, parts)
		expect(t, "2 and 1 tickets of an event that has 3, and another of the same partition", inv.Book(t.Context(), line("show", 2), line("other", 1), line("show", 1)), nil)
		allEnded(t, parts)
		if s, o := parts[0].free("show"), parts[0].free("other"); s != 0 || o != 2 {
			t.Errorf("3 of 3 and 1 of 3 tickets were booked, %d and %d are left", s, o)
		}
	})
}

func TestOthersAreNotHeldUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		homes := map[string][]int{"stuck": {0}, "free": {1}, "late": {2}}
		inv, parts := database(t, homes, stock{"stuck": 5}, stock{"free": 5}, stock{"late": 5})
		foreign := []inventory.Tx{begin(t, parts[0]), begin(t, parts[2])} // somebody's long transactions

		var wg sync.WaitGroup
		wg.Go(func() { expect(t, "a booking that had to wait", inv.Book(t.Context(), line("stuck", 1)), nil) })
		time.Sleep(time.Second)
		var done atomic.Bool
		wg.Go(func() {
			expect(t, "a booking in a partition that is free", inv.Book(t.Context(), line("free", 1)), nil)
			n, err := inv.Available(t.Context(), "free")
			if n != 4 || err != nil {
				t.Errorf("Available of 5 tickets less one returned (%d, %v)", n, err)
			}
			done.Store(true)
		})
		time.Sleep(time.Minute)
		if !done.Load() {
			t.Error("partitions 0 and 2 are locked by somebody, partition 1 is not, and a booking in partition 1 has not ended after a minute: it waits for partitions, or for bookings, that are none of its business")
		}
		for _, tx := range foreign {
			tx.Rollback()
		}
		wg.Wait()
		allEnded(t, parts)
	})
}

func begin(t *testing.T, p *partition) inventory.Tx {
	t.Helper()
	tx, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

func TestHotEventIsSpread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"tour": {2, 0, 3, 1}}, stock{"tour": 9}, stock{"tour": 9}, stock{"tour": 9}, stock{"tour": 9})
		start := time.Now()
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { expect(t, "a ticket of the tour", inv.Book(t.Context(), line("tour", 1)), nil) })
		}
		wg.Wait()
		allEnded(t, parts)
		if took := time.Since(start); took > 20*ms {
			t.Errorf("8 bookings of an event with 4 homes, where a transaction takes 10ms: they took %v, want 20ms, which is two per home", took)
		}
		for i, p := range parts {
			if n := p.free("tour"); n != 7 {
				t.Errorf("8 bookings of one ticket each, in 4 homes in turn: home %d went from 9 to %d, want 7", i, n)
			}
		}
	})
}

func TestTurnsAreCountedPerEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"tour": {0, 1}, "gala": {0, 1}}, stock{"tour": 9, "gala": 9}, stock{"tour": 9, "gala": 9})
		for range 4 {
			expect(t, "a ticket of the tour", inv.Book(t.Context(), line("tour", 1)), nil)
			expect(t, "a ticket of the gala", inv.Book(t.Context(), line("gala", 1)), nil)
		}
		allEnded(t, parts)
		for i, p := range parts {
			if tour, gala := p.free("tour"), p.free("gala"); tour != 7 || gala != 7 {
				t.Errorf("two events were booked alternately, 4 times each, in 2 homes: home %d has %d and %d tickets left of 9, want 7 of each", i, tour, gala)
			}
		}
	})
}

func TestScatteredTicketsAreFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"tour": {2, 0, 1}}, stock{"tour": 1}, stock{"tour": 1}, stock{"tour": 2})
		expect(t, "5 tickets where 3 homes hold 4", inv.Book(t.Context(), line("tour", 5)), inventory.ErrSoldOut)
		allEnded(t, parts)
		expect(t, "3 tickets where 3 homes hold 1, 1 and 2", inv.Book(t.Context(), line("tour", 3)), nil)
		allEnded(t, parts)
		expect(t, "the last ticket of 3 homes", inv.Book(t.Context(), line("tour", 1)), nil)
		allEnded(t, parts)
		expect(t, "a ticket of an event that has none", inv.Book(t.Context(), line("tour", 1)), inventory.ErrSoldOut)
		allEnded(t, parts)
	})
}

// All who look for scattered tickets hold one partition each when they go on to the others.
func TestScatteredTicketsUnderPressure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"tour": {2, 1, 0}}, stock{"tour": 1}, stock{"tour": 1}, stock{"tour": 1})
		var sold atomic.Int64
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				switch err := inv.Book(t.Context(), line("tour", 3)); {
				case err == nil:
					sold.Add(1)
				case !errors.Is(err, inventory.ErrSoldOut):
					t.Errorf("an order for all tickets returned %v", err)
				}
			})
		}
		wg.Wait()
		allEnded(t, parts)
		if n := sold.Load(); n != 1 {
			t.Errorf("6 orders for all 3 tickets of an event at once: %d were confirmed, want 1", n)
		}
	})
}

func TestLastTicketsAreSoldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"a": {0, 1}, "b": {1}}, stock{"a": 3}, stock{"a": 2, "b": 5})
		var sold atomic.Int64
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				if inv.Book(t.Context(), line("b", 1), line("a", 1)) == nil {
					sold.Add(1)
				}
			})
		}
		wg.Wait()
		allEnded(t, parts)
		left := parts[0].free("a") + parts[1].free("a")
		if n := sold.Load(); n != 5 || left != 0 || parts[1].free("b") != 0 {
			t.Errorf("12 orders for 5 tickets of a and of b: %d were confirmed, %d and %d are left, want 5, 0 and 0", n, left, parts[1].free("b"))
		}
	})
}

func TestBeginFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := errors.New("partition is down")
		inv, parts := database(t, map[string][]int{"a": {0}, "b": {1}, "ab": {0, 1}}, stock{"a": 5, "ab": 1}, stock{"b": 5, "ab": 1})
		parts[1].broken = down
		expect(t, "Book while partition 1 is down", inv.Book(t.Context(), line("a", 1), line("b", 1)), down)
		allEnded(t, parts)
		_, err := inv.Available(t.Context(), "ab")
		expect(t, "Available while partition 1 is down", err, down)
		allEnded(t, parts)
		if n := parts[0].free("a"); n != 5 {
			t.Errorf("the booking failed, and partition 0 went from 5 to %d tickets", n)
		}
	})
}

func TestContextEndsWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"a": {0}, "b": {1}}, stock{"a": 5}, stock{"b": 5})
		foreign := begin(t, parts[1])
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		start := time.Now()
		expect(t, "Book while partition 1 is locked by somebody, with 5s of patience", inv.Book(ctx, line("a", 1), line("b", 1)), context.DeadlineExceeded)
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("Book with 5s of patience returned after %v", took)
		}
		foreign.Rollback()
		allEnded(t, parts)
		if n := parts[0].free("a"); n != 5 {
			t.Errorf("the booking was given up, and partition 0 went from 5 to %d tickets", n)
		}
	})
}

func TestAvailableIsNeverHalfABooking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, homes := range [][]int{{0, 1}, {1, 0}} {
			for slow := range 2 {
				inv, parts := database(t, map[string][]int{"tour": homes}, stock{"tour": 1}, stock{"tour": 1})
				parts[slow].way = []time.Duration{time.Second} // the count is on its way for long
				var wg sync.WaitGroup
				wg.Go(func() {
					n, err := inv.Available(t.Context(), "tour")
					if err != nil || n == 1 {
						t.Errorf("two homes hold a ticket each and somebody books both: Available returned (%d, %v), want 2 or 0. The homes were counted at different moments", n, err)
					}
				})
				time.Sleep(15 * ms)
				wg.Go(func() { expect(t, "2 tickets in 2 homes", inv.Book(t.Context(), line("tour", 2)), nil) })
				wg.Wait()
				allEnded(t, parts)
			}
		}
	})
}
