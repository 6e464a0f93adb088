package office_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/office"
)

// free is a Charge that always succeeds.
func free(context.Context, string, int) error { return nil }

func mustBuy(t *testing.T, o *office.Office, buyer string, tickets int) office.Order {
	t.Helper()
	before := o.Stats()
	order, err := o.Buy(t.Context(), buyer, tickets)
	if err != nil {
		t.Fatalf("Buy(%q, %d) with %+v failed: %v", buyer, tickets, before, err)
	}
	if order.Buyer != buyer || order.Tickets != tickets {
		t.Fatalf("Buy(%q, %d) returned the order %+v", buyer, tickets, order)
	}
	return order
}

func wantStats(t *testing.T, when string, o *office.Office, want office.Stats) {
	t.Helper()
	if got := o.Stats(); got != want {
		t.Errorf("%s: Stats() = %+v, want %+v", when, got, want)
	}
}

func TestBuyAndRefund(t *testing.T) {
	o := office.New(10, free)
	wantStats(t, "a new office with 10 tickets", o, office.Stats{Free: 10})
	order := mustBuy(t, o, "ada", 4)
	wantStats(t, "10 tickets, 4 bought", o, office.Stats{Free: 6, Sold: 4})
	if err := o.Refund(order.ID); err != nil {
		t.Errorf("Refund of an order that was just bought failed: %v", err)
	}
	wantStats(t, "10 tickets, 4 bought and refunded", o, office.Stats{Free: 10})
}

func TestSoldOut(t *testing.T) {
	var charged atomic.Int64
	o := office.New(3, func(context.Context, string, int) error {
		charged.Add(1)
		return nil
	})
	mustBuy(t, o, "ada", 2)
	if _, err := o.Buy(t.Context(), "bob", 2); !errors.Is(err, office.ErrSoldOut) {
		t.Errorf("1 ticket is left and 2 are wanted: Buy returned %v, want ErrSoldOut", err)
	}
	wantStats(t, "1 ticket was left, 2 were wanted", o, office.Stats{Free: 1, Sold: 2})
	mustBuy(t, o, "cleo", 1)
	if n := charged.Load(); n != 2 {
		t.Errorf("2 purchases and 1 refusal: %d charges. Who gets no ticket must not pay", n)
	}
}

func TestTicketsAreHeldWhileTheBuyerIsCharged(t *testing.T) {
	var o *office.Office
	var during office.Stats
	o = office.New(10, func(context.Context, string, int) error {
		during = o.Stats()
		return nil
	})
	mustBuy(t, o, "ada", 4)
	if want := (office.Stats{Free: 6, Held: 4}); during != want {
		t.Errorf("10 tickets, and a buyer is being charged for 4 of them: Stats() = %+v, want %+v", during, want)
	}
}

// Every buyer either is being charged or has been refused before the first payment ends.
func TestLastTicketsAreSoldOnce(t *testing.T) {
	const tickets, buyers = 10, 50
	var settled, charged, confirmed atomic.Int64
	decided := make(chan struct{})
	settle := func() {
		if settled.Add(1) == buyers {
			close(decided)
		}
	}
	o := office.New(tickets, func(context.Context, string, int) error {
		charged.Add(1)
		settle()
		<-decided
		return nil
	})
	var wg sync.WaitGroup
	for i := range buyers {
		wg.Go(func() {
			_, err := o.Buy(t.Context(), fmt.Sprint("buyer ", i), 1)
			switch {
			case err == nil:
				confirmed.Add(1)
			case errors.Is(err, office.ErrSoldOut):
				settle()
			default:
				t.Errorf("Buy returned %v, want nil or ErrSoldOut", err)
				settle()
			}
		})
	}
	wg.Wait()
	if n := confirmed.Load(); n != tickets {
		t.Errorf("%d buyers raced for %d tickets and %d purchases were confirmed: between the look at the free tickets and the taking, somebody else looked too", buyers, tickets, n)
	}
	if n := charged.Load(); n != tickets {
		t.Errorf("%d buyers raced for %d tickets and %d were charged", buyers, tickets, n)
	}
	wantStats(t, fmt.Sprintf("%d tickets after the rush", tickets), o, office.Stats{Sold: tickets})
}
