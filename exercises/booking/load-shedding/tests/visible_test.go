package shed_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/shed"
)

func newDoor(t *testing.T, cfg shed.Config) *shed.Door {
	t.Helper()
	if cfg.Burst == 0 {
		cfg.Burst = 1_000_000 // as good as no limit
	}
	if cfg.Every == 0 {
		cfg.Every = time.Hour
	}
	if cfg.Slots == 0 {
		cfg.Slots = 1
	}
	if cfg.MaxWait == 0 {
		cfg.MaxWait = time.Minute
	}
	d, err := shed.New(cfg)
	if err != nil {
		t.Fatalf("New(%+v) failed: %v", cfg, err)
	}
	return d
}

func nothing(context.Context) error { return nil }

func expect(t *testing.T, did string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: Do returned %v, want %v", did, got, want)
	}
}

func expectRate(t *testing.T, did string, err error, retryAfter time.Duration) {
	t.Helper()
	var rate *shed.RateError
	if !errors.As(err, &rate) {
		t.Errorf("%s: Do returned %v, want a *RateError", did, err)
	} else if rate.RetryAfter != retryAfter {
		t.Errorf("%s: the next token is there in %v, and RetryAfter says %v", did, retryAfter, rate.RetryAfter)
	}
}

func expectStats(t *testing.T, when string, d *shed.Door, running, waiting int) {
	t.Helper()
	want := shed.Stats{Running: running, Waiting: waiting}
	if got := d.Stats(); got != want {
		t.Errorf("%s: Stats() = %+v, want %+v", when, got, want)
	}
}

// crowd starts requests that stay until they are let go.
type crowd struct {
	door *shed.Door
	end  chan struct{}
	wg   sync.WaitGroup
}

func newCrowd(d *shed.Door) *crowd { return &crowd{door: d, end: make(chan struct{})} }

// add starts a request and waits until it is where it has to wait.
func (c *crowd) add(t *testing.T, class shed.Class) {
	c.wg.Go(func() {
		expect(t, "a long request that there is room for", c.door.Do(context.Background(), class, c.stay, nil), nil)
	})
	synctest.Wait()
}

func (c *crowd) stay(context.Context) error {
	<-c.end
	return nil
}

func (c *crowd) leave() {
	close(c.end)
	c.wg.Wait()
}

func TestBurstThenRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Burst: 3, Every: 10 * time.Second})
		for range 3 {
			expect(t, "one of 3 requests with a burst of 3", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
		}
		ran := false
		err := d.Do(t.Context(), shed.Browse, func(context.Context) error { ran = true; return nil }, nil)
		expectRate(t, "the 4th request at once with a burst of 3 and a token every 10s", err, 10*time.Second)
		if ran {
			t.Error("there was no token, and the request was served all the same")
		}
		time.Sleep(10 * time.Second)
		expect(t, "a request 10s later", d.Do(t.Context(), shed.Browse, nothing, nil), nil)
		expectRate(t, "and another one", d.Do(t.Context(), shed.Checkout, nothing, nil), 10*time.Second)
	})
}

func TestBrowsersAreDegraded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 2, Reserved: 1})
		c := newCrowd(d)
		c.add(t, shed.Browse)
		stale := errors.New("from the cache")
		light := func(context.Context) error { return stale }
		expect(t, "a browser while the only slot for browsers is taken", d.Do(t.Context(), shed.Browse, nothing, light), stale)
		expect(t, "the same without light", d.Do(t.Context(), shed.Browse, nothing, nil), shed.ErrBusy)
		expect(t, "a checkout, for which a slot is reserved", d.Do(t.Context(), shed.Checkout, nothing, light), nil)
		c.leave()
		expect(t, "a browser while all slots are free", d.Do(t.Context(), shed.Browse, nothing, light), nil)
		expectStats(t, "all requests have ended", d, 0, 0)
	})
}

func TestCheckoutsWaitForASlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor(t, shed.Config{Slots: 1, Queue: 1})
		c := newCrowd(d)
		c.add(t, shed.Checkout)
		c.add(t, shed.Checkout)
		expectStats(t, "1 slot, and 2 long checkouts have come", d, 1, 1)
		expect(t, "a 3rd checkout with a queue of 1", d.Do(t.Context(), shed.Checkout, nothing, nothing), shed.ErrBusy)
		c.leave()
		expectStats(t, "all requests have ended", d, 0, 0)
	})
}
