package shed_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/shed"
)

func TestBadConfigurations(t *testing.T) {
	good := shed.Config{Burst: 1, Every: 1, Slots: 1, Reserved: 0, Queue: 0, MaxWait: 1}
	if _, err := shed.New(good); err != nil {
		t.Errorf("New(%+v) failed: %v", good, err)
	}
	for _, spoil := range []func(*shed.Config){
		func(c *shed.Config) { c.Burst = 0 },
		func(c *shed.Config) { c.Every = 0 },
		func(c *shed.Config) { c.Slots, c.Reserved = 0, -1 },
		func(c *shed.Config) { c.Reserved = -1 },
		func(c *shed.Config) { c.Reserved = 1 },
		func(c *shed.Config) { c.Queue = -1 },
		func(c *shed.Config) { c.MaxWait = 0 },
	} {
		cfg := good
		spoil(&cfg)
		if _, err := shed.New(cfg); !errors.Is(err, shed.ErrConfig) {
			t.Errorf("New(%+v) returned the error %v, want one that matches ErrConfig", cfg, err)
		}
	}
}

// Outside a bubble: a goroutine that waits for a mutex is proved to wait for ever only here.
func TestServedRequestsMayUseTheDoor(t *testing.T) {
	d := newDoor(t, shed.Config{Slots: 2, Reserved: 1})
	var inner error
	light := func(context.Context) error {
		d.Stats()
		return nil
	}
	expect(t, "a browser", d.Do(t.Context(), shed.Browse, func(ctx context.Context) error {
		if got := d.Stats(); got.Running != 1 {
			t.Errorf("from within the only request: Stats() = %+v, want 1 running", got)
		}
		inner = d.Do(ctx, shed.Browse, nothing, light)
		return nil
	}, nil), nil)
	expect(t, "a degraded browser from within a browser", inner, nil)
}

func TestStatsWhileRequestsComeAndGo(t *testing.T) {
	d := newDoor(t, shed.Config{Slots: 2, Queue: 4})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if err := d.Do(t.Context(), shed.Checkout, nothing, nil); err != nil {
					t.Errorf("4 customers, 2 slots, a queue of 4: Do returned %v", err)
				}
				if got := d.Stats(); got.Running < 0 || got.Running > 2 || got.Waiting < 0 || got.Waiting > 3 {
					t.Errorf("4 customers, 2 slots: Stats() = %+v", got)
				}
			}
		})
	}
	wg.Wait()
	expectStats(t, "all requests have ended", d, 0, 0)
}

func TestIdleTimeIsNotSavedUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 2, Every: time.Second})
		for range 3 {
			time.Sleep(100*time.Second + 400*time.Millisecond)
			for range 2 {
				expect(t, "one of 2 requests after a quiet time, with a burst of 2", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
			}
			expectRate(t, "the 3rd request at once after a quiet time, with a burst of 2 and a token every 1s", d.Do(t.Context(), shed.Browse, nothing, nil), time.Second)
		}
	})
}

func TestRefusedRequestsDoNotDelayTheNextToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 1, Every: 10 * time.Second})
		expect(t, "the first request", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
		for _, left := range []time.Duration{6 * time.Second, 2 * time.Second} {
			time.Sleep(4 * time.Second)
			expectRate(t, "an impatient client", d.Do(t.Context(), shed.Browse, nothing, nil), left)
		}
		time.Sleep(2 * time.Second)
		expect(t, "exactly 10s after the last token was taken", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
	})
}

func TestPartsOfATokenAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 3, Every: 10 * time.Second})
		for range 3 {
			expect(t, "one of 3 requests with a burst of 3", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
		}
		time.Sleep(16 * time.Second)
		expect(t, "1 token is there after 16s", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
		expectRate(t, "tokens come at 10s, 20s, ...; now it is 16s", d.Do(t.Context(), shed.Browse, nothing, nil), 4*time.Second)
		time.Sleep(4 * time.Second)
		expect(t, "another one after 20s", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
	})
}

func TestBurstIsExactUnderARush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 20, Every: time.Hour, Slots: 100})
		var served, shedOff atomic.Int64
		gun := make(chan struct{})
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				<-gun
				var rate *shed.RateError
				switch err := d.Do(t.Context(), shed.Browse, nothing, nil); {
				case err == nil:
					served.Add(1)
				case errors.As(err, &rate):
					shedOff.Add(1)
				}
			})
		}
		synctest.Wait()
		close(gun)
		wg.Wait()
		if served.Load() != 20 || shedOff.Load() != 30 {
			t.Errorf("50 requests at once with a burst of 20: %d were served and %d refused, want 20 and 30", served.Load(), shedOff.Load())
		}
	})
}

func TestDoneContextCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 1})
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		unwanted := func(context.Context) error { t.Error("a request was served whose context was done before"); return nil }
		for _, class := range []shed.Class{shed.Browse, shed.Checkout} {
			expect(t, "a request whose context is done", d.Do(gone, class, unwanted, unwanted), context.Canceled)
		}
		expect(t, "the next one, with a burst of 1", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
	})
}

func TestTokensOfBusyRequestsAreSpent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 3})
		c := newCrowd(d)
		c.add(t, shed.Checkout)
		expect(t, "a browser without a slot", d.Do(t.Context(), shed.Browse, nothing, nil), shed.ErrBusy)
		expect(t, "a checkout without a slot or a queue", d.Do(t.Context(), shed.Checkout, nothing, nil), shed.ErrBusy)
		expectRate(t, "the 4th request with a burst of 3", d.Do(t.Context(), shed.Browse, nothing, nothing), time.Hour)
		c.leave()
	})
}

func TestReservedSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 4, Reserved: 2})
		c := newCrowd(d)
		c.add(t, shed.Checkout)
		c.add(t, shed.Browse)
		expect(t, "4 slots, 2 of them reserved, 2 taken: a browser", d.Do(t.Context(), shed.Browse, nothing, nil), shed.ErrBusy)
		c.add(t, shed.Checkout)
		c.add(t, shed.Checkout)
		expect(t, "4 of 4 slots taken: a checkout", d.Do(t.Context(), shed.Checkout, nothing, nil), shed.ErrBusy)
		expectStats(t, "4 of 4 slots taken", d, 4, 0)
		c.leave()
	})
}

func TestLightNeedsNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 2, Reserved: 1})
		c := newCrowd(d)
		c.add(t, shed.Browse)
		for range 5 {
			c.wg.Go(func() {
				expect(t, "a degraded browser", d.Do(context.Background(), shed.Browse, nothing, c.stay), nil)
			})
		}
		synctest.Wait()
		expectStats(t, "1 browser has a slot, 5 run their light version", d, 1, 0)
		expect(t, "a checkout meanwhile", d.Do(t.Context(), shed.Checkout, nothing, nil), nil)
		c.leave()
		expectStats(t, "all requests have ended", d, 0, 0)
	})
}

func TestErrorsAndContextArePassedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		ctx := context.WithValue(t.Context(), key{}, "trace-7")
		d := newDoor(t, shed.Config{Slots: 2, Reserved: 1})
		declined := errors.New("card declined")
		for _, class := range []shed.Class{shed.Browse, shed.Checkout} {
			expect(t, "a request that fails", d.Do(ctx, class, func(ctx context.Context) error {
				if ctx.Value(key{}) != "trace-7" {
					t.Error("full did not get the caller's context")
				}
				return declined
			}, nothing), declined)
		}
		expectStats(t, "all requests have failed", d, 0, 0)
	})
}

func TestLongestWaitingIsServedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 1, Queue: 4})
		c := newCrowd(d)
		c.add(t, shed.Checkout)
		var mu sync.Mutex
		var order []int
		for n := range 4 {
			c.wg.Go(func() {
				expect(t, "a checkout that waits", d.Do(context.Background(), shed.Checkout, func(context.Context) error {
					mu.Lock()
					defer mu.Unlock()
					order = append(order, n)
					return nil
				}, nil), nil)
			})
			synctest.Wait()
		}
		c.leave()
		if want := []int{0, 1, 2, 3}; !slices.Equal(order, want) {
			t.Errorf("checkouts 0 to 3 came in this order and were served in the order %v", order)
		}
	})
}

func TestWaitingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 1, Queue: 1, MaxWait: 3 * time.Second})
		c := newCrowd(d)
		c.add(t, shed.Checkout)
		unwanted := func(context.Context) error { t.Error("a checkout was served although Do gave up"); return nil }
		for range 2 {
			start := time.Now()
			expect(t, "a checkout that waits at most 3s", d.Do(t.Context(), shed.Checkout, unwanted, unwanted), shed.ErrBusy)
			if took := time.Since(start); took != 3*time.Second {
				t.Errorf("MaxWait is 3s, and Do returned after %v", took)
			}
			expectStats(t, "the waiting checkout has given up", d, 1, 0)
		}
		c.leave()
		expectStats(t, "all requests have ended", d, 0, 0)
	})
}

func TestContextEndsWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 1, Queue: 1, MaxWait: 3 * time.Second})
		c := newCrowd(d)
		c.add(t, shed.Checkout)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		unwanted := func(context.Context) error { t.Error("a checkout was served although Do gave up"); return nil }
		start := time.Now()
		expect(t, "a checkout whose context ends after 1s of at most 3s", d.Do(ctx, shed.Checkout, unwanted, unwanted), context.DeadlineExceeded)
		if took := time.Since(start); took != time.Second {
			t.Errorf("the context ended after 1s, and Do returned after %v", took)
		}
		expectStats(t, "the waiting checkout has given up", d, 1, 0)
		c.leave()
		expectStats(t, "all requests have ended", d, 0, 0)
	})
}

// In each round somebody gives up just as he is handed the slot.
func TestSlotsAreNotLostToThoseWhoGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 1, Queue: 1})
		for round := range 150 {
			ctx, cancel := context.WithCancel(t.Context())
			goOn := make(chan struct{})
			var wg sync.WaitGroup
			wg.Go(func() {
				expect(t, "the checkout that has the slot", d.Do(context.Background(), shed.Checkout, func(context.Context) error {
					<-goOn
					cancel() // the other one gives up, and the slot becomes free
					return nil
				}, nil), nil)
			})
			synctest.Wait()
			served := false
			wg.Go(func() {
				err := d.Do(ctx, shed.Checkout, func(context.Context) error { served = true; return nil }, nil)
				if served != (err == nil) || err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("a checkout gave up just as a slot came: Do returned %v, served: %t", err, served)
				}
			})
			synctest.Wait()
			close(goOn)
			wg.Wait()
			if got := d.Stats(); got != (shed.Stats{}) {
				t.Fatalf("round %d: a waiting checkout gave up just as a slot came. All requests have ended, and Stats() = %+v: a slot was handed to somebody who had gone", round, got)
			}
		}
	})
}

func TestPanicsFreeTheirSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 2, Reserved: 1})
		for _, class := range []shed.Class{shed.Browse, shed.Checkout} {
			for range 3 {
				func() {
					defer func() {
						if got := recover(); got != "bad seat map" {
							t.Errorf(`full panicked with "bad seat map", and the caller of Do recovered %v`, got)
						}
					}()
					d.Do(t.Context(), class, func(context.Context) error { panic("bad seat map") }, nothing)
				}()
				if got := d.Stats(); got != (shed.Stats{}) {
					t.Fatalf("a request has panicked, and Stats() = %+v: its slot is gone for ever", got)
				}
			}
		}
	})
}
