package booking_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/booking"
)

const ttl = 24 * time.Hour

func request(key string) booking.Request {
	return booking.Request{Key: key, Customer: "ada", Event: "finale", Tickets: 2}
}

// bank books what it is asked for and numbers its receipts.
type bank struct {
	takes  time.Duration
	booked atomic.Int64
}

func (b *bank) book(_ context.Context, req booking.Request) (booking.Receipt, error) {
	number := b.booked.Add(1)
	time.Sleep(b.takes)
	return booking.Receipt{Number: fmt.Sprintf("%s-%d", req.Key, number)}, nil
}

func (b *bank) wantBooked(t *testing.T, when string, want int64) {
	t.Helper()
	if got := b.booked.Load(); got != want {
		t.Errorf("%s: booked %d times, want %d", when, got, want)
	}
}

func mustDo(t *testing.T, d *booking.Desk, req booking.Request) booking.Receipt {
	t.Helper()
	receipt, err := d.Do(t.Context(), req)
	if err != nil {
		t.Errorf("Do(%+v) failed: %v", req, err)
	}
	return receipt
}

func TestTheSecondRequestGetsTheFirstReceipt(t *testing.T) {
	b := &bank{}
	d := booking.New(ttl, b.book)
	first, again := mustDo(t, d, request("k1")), mustDo(t, d, request("k1"))
	if first != again || first.Number != "k1-1" {
		t.Errorf("one request sent twice got the receipts %+v and %+v, want the one with the number k1-1 both times", first, again)
	}
	b.wantBooked(t, "one request was sent twice", 1)
}

func TestOneKeyIsForOneRequest(t *testing.T) {
	b := &bank{}
	d := booking.New(ttl, b.book)
	first := mustDo(t, d, request("k1"))
	other := request("k1")
	other.Tickets = 3
	for range 2 {
		if receipt, err := d.Do(t.Context(), other); !errors.Is(err, booking.ErrConflict) || receipt != (booking.Receipt{}) {
			t.Errorf("a key was used for 2 tickets and then for 3: Do returned (%+v, %v), want ErrConflict", receipt, err)
		}
	}
	if again := mustDo(t, d, request("k1")); again != first {
		t.Errorf("after the conflict the first request got the receipt %+v, want %+v", again, first)
	}
	b.wantBooked(t, "one booking, two conflicts, one repetition", 1)
}

func TestKeysDoNotWaitForEachOther(t *testing.T) {
	begun := map[string]chan struct{}{"k1": make(chan struct{}), "k2": make(chan struct{})}
	other := map[string]string{"k1": "k2", "k2": "k1"}
	d := booking.New(ttl, func(_ context.Context, req booking.Request) (booking.Receipt, error) {
		close(begun[req.Key])
		<-begun[other[req.Key]] // each booking lasts until the other one has begun
		return booking.Receipt{Number: req.Key}, nil
	})
	var wg sync.WaitGroup
	for key := range begun {
		wg.Go(func() { mustDo(t, d, request(key)) })
	}
	wg.Wait()
}

func TestDuplicatesShareOneExecution(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time is virtual in here
		b := &bank{takes: 10 * time.Second}
		d := booking.New(ttl, b.book)
		var wg sync.WaitGroup
		var right atomic.Int64
		for i := range 5 {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * time.Second)
				if receipt, err := d.Do(t.Context(), request("k1")); err == nil && receipt.Number == "k1-1" {
					right.Add(1)
				}
			})
		}
		wg.Wait()
		b.wantBooked(t, "5 attempts of one request, all while the first is running", 1)
		if n := right.Load(); n != 5 {
			t.Errorf("5 attempts of one request: %d got the receipt of the one booking", n)
		}
	})
}

func TestFailureIsNotRemembered(t *testing.T) {
	declined := errors.New("card declined")
	calls := 0
	d := booking.New(ttl, func(context.Context, booking.Request) (booking.Receipt, error) {
		calls++
		if calls == 1 {
			return booking.Receipt{Number: "void"}, declined
		}
		return booking.Receipt{Number: "paid"}, nil
	})
	if receipt, err := d.Do(t.Context(), request("k1")); !errors.Is(err, declined) || receipt != (booking.Receipt{}) {
		t.Errorf("the booking failed: Do returned (%+v, %v), want the zero Receipt and %v", receipt, err, declined)
	}
	if receipt := mustDo(t, d, request("k1")); receipt.Number != "paid" {
		t.Errorf("the booking failed and was tried again: Do returned %+v", receipt)
	}
}
