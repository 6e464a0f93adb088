package booking_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/booking"
)

func TestRefusals(t *testing.T) {
	b := &bank{}
	d := booking.New(ttl, b.book)
	if _, err := d.Do(t.Context(), request("")); !errors.Is(err, booking.ErrNoKey) {
		t.Errorf("Do with an empty key returned %v, want ErrNoKey", err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Do(done, request("k1")); !errors.Is(err, context.Canceled) {
		t.Errorf("Do with a context that is done returned %v, want context canceled", err)
	}
	b.wantBooked(t, "two requests were refused", 0)
}

func TestEveryPartOfTheRequestCounts(t *testing.T) {
	b := &bank{}
	d := booking.New(ttl, b.book)
	mustDo(t, d, request("k1"))
	for _, change := range []func(*booking.Request){
		func(r *booking.Request) { r.Customer = "bob" },
		func(r *booking.Request) { r.Event = "premiere" },
		func(r *booking.Request) { r.Tickets = 1 },
	} {
		other := request("k1")
		change(&other)
		if _, err := d.Do(t.Context(), other); !errors.Is(err, booking.ErrConflict) {
			t.Errorf("a key was used for %+v and then for %+v: Do returned %v, want ErrConflict", request("k1"), other, err)
		}
	}
	b.wantBooked(t, "one booking and three conflicts", 1)
}

func TestConflictDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bank{takes: 10 * time.Second}
		d := booking.New(ttl, b.book)
		var wg sync.WaitGroup
		wg.Go(func() { mustDo(t, d, request("k1")) })
		synctest.Wait()
		begin := time.Now()
		other := request("k1")
		other.Customer = "bob"
		_, err := d.Do(t.Context(), other)
		if took := time.Since(begin); !errors.Is(err, booking.ErrConflict) || took != 0 {
			t.Errorf("a key is being used for another customer's booking: Do returned %v after %v, want ErrConflict at once", err, took)
		}
		wg.Wait()
		b.wantBooked(t, "one booking and one conflict", 1)
	})
}

func TestSuccessIsRememberedForItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bank{takes: 10 * time.Second}
		d := booking.New(time.Minute, b.book)
		mustDo(t, d, request("k1"))
		time.Sleep(30 * time.Second)
		mustDo(t, d, request("k2"))
		time.Sleep(20*time.Second - 1)
		synctest.Wait()
		mustDo(t, d, request("k1"))
		b.wantBooked(t, "a booking took 10s and is remembered for 1m; it was asked for again a nanosecond before that was over, and there was another key", 2)
		time.Sleep(1)
		synctest.Wait()
		if receipt := mustDo(t, d, request("k1")); receipt.Number != "k1-3" {
			t.Errorf("a booking is remembered for 1m, and exactly this time has passed since it succeeded: Do returned the receipt %q, want that of a new booking", receipt.Number)
		}
		time.Sleep(49 * time.Second)
		synctest.Wait()
		if receipt := mustDo(t, d, request("k1")); receipt.Number != "k1-3" {
			t.Errorf("the second booking for a key succeeded 49s ago, the ttl is 1m: Do returned the receipt %q", receipt.Number)
		}
		other := request("k2")
		other.Tickets = 7
		if receipt := mustDo(t, d, other); receipt.Number != "k2-4" {
			t.Errorf("a key was forgotten and then used for another request: Do returned the receipt %q, want that of a new booking", receipt.Number)
		}
		time.Sleep(time.Hour) // virtual: whoever still has to forget something does so
	})
}

func TestFailureReachesAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		declined := errors.New("card declined")
		var calls atomic.Int64
		d := booking.New(ttl, func(context.Context, booking.Request) (booking.Receipt, error) {
			calls.Add(1)
			time.Sleep(10 * time.Second)
			return booking.Receipt{}, declined
		})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, err := d.Do(t.Context(), request("k1")); !errors.Is(err, declined) {
					t.Errorf("the one booking failed: somebody who waited for it got the error %v, want %v", err, declined)
				}
			})
		}
		wg.Wait()
		if n := calls.Load(); n != 1 {
			t.Errorf("4 attempts of one request at once, and the booking failed: it was tried %d times, want once", n)
		}
		other := request("k1")
		other.Tickets = 9
		if _, err := d.Do(t.Context(), other); !errors.Is(err, declined) || calls.Load() != 2 {
			t.Errorf("a booking failed, so its key is free for another request: Do returned %v after %d bookings in all, want %v after 2", err, calls.Load(), declined)
		}
	})
}

func TestPanicReachesAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		d := booking.New(ttl, func(context.Context, booking.Request) (booking.Receipt, error) {
			time.Sleep(10 * time.Second)
			if calls.Add(1) == 1 {
				panic("nil pointer in the bank's library")
			}
			return booking.Receipt{Number: "paid"}, nil
		})
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if _, err := d.Do(t.Context(), request("k1")); !errors.Is(err, booking.ErrPanicked) {
					t.Errorf("the booking panicked: somebody who waited for it got the error %v, want ErrPanicked", err)
				}
			})
		}
		wg.Wait()
		if receipt := mustDo(t, d, request("k1")); receipt.Number != "paid" {
			t.Errorf("the booking panicked and was tried again: Do returned %+v", receipt)
		}
	})
}

// impatient calls Do with a deadline and says what it came to and when.
func impatient(t *testing.T, d *booking.Desk, patience time.Duration) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	begin := time.Now()
	_, err := d.Do(ctx, request("k1"))
	if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took != patience {
		t.Errorf("the booking takes 10s and the caller has patience for %v: Do returned %v after %v", patience, err, took)
	}
}

func TestTheFirstCallerGoesAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bank{takes: 10 * time.Second}
		d := booking.New(ttl, b.book)
		var wg sync.WaitGroup
		wg.Go(func() { impatient(t, d, time.Second) })
		synctest.Wait()
		if receipt := mustDo(t, d, request("k1")); receipt.Number != "k1-1" {
			t.Errorf("the first caller has gone, the second waited: it got the receipt %+v", receipt)
		}
		wg.Wait()
		b.wantBooked(t, "the first caller has gone, the second waited", 1)
	})
}

func TestAnotherCallerGoesAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bank{takes: 10 * time.Second}
		d := booking.New(ttl, b.book)
		var wg sync.WaitGroup
		wg.Go(func() { mustDo(t, d, request("k1")) })
		synctest.Wait()
		impatient(t, d, 2*time.Second)
		wg.Wait()
		b.wantBooked(t, "the second of two callers has gone", 1)
	})
}

func TestTheBookingGoesOnWithoutCallers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		var cause atomic.Value
		var booked atomic.Int64
		d := booking.New(ttl, func(ctx context.Context, _ booking.Request) (booking.Receipt, error) {
			booked.Add(1)
			time.Sleep(10 * time.Second)
			if err := ctx.Err(); err != nil {
				cause.Store(err)
			}
			trace, _ := ctx.Value(key{}).(string)
			return booking.Receipt{Number: trace}, nil
		})
		ctx, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "trace-7"))
		var wg sync.WaitGroup
		wg.Go(func() { d.Do(ctx, request("k1")) })
		synctest.Wait()
		cancel()
		wg.Wait()
		time.Sleep(time.Minute) // the booking comes to its end
		if err := cause.Load(); err != nil {
			t.Errorf("the only caller has gone, and the context of the booking says %v: a booking that has begun is not cancelled by its callers", err)
		}
		if receipt := mustDo(t, d, request("k1")); receipt.Number != "trace-7" || booked.Load() != 1 {
			t.Errorf("a booking ended after its caller had gone; the next attempt got the receipt %q after %d bookings, want the one with the first caller's context value, trace-7, after 1", receipt.Number, booked.Load())
		}
	})
}

func TestManyCallersOfManyKeys(t *testing.T) {
	before := runtime.GOMAXPROCS(4)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
	const callers, keys = 4, 60
	b := &bank{}
	d := booking.New(time.Hour, b.book)
	var receipts [callers][keys]booking.Receipt
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			for k := range keys {
				receipts[i][k] = mustDo(t, d, request(fmt.Sprint("k", k)))
			}
		})
	}
	wg.Wait()
	for i := range receipts {
		if receipts[i] != receipts[0] {
			t.Errorf("%d goroutines sent the same %d requests and got different receipts", callers, keys)
		}
	}
	b.wantBooked(t, fmt.Sprintf("%d goroutines sent the same %d requests", callers, keys), keys)
}
