package breaker_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/breaker"
)

var errDown = errors.New("down")

func fails(context.Context) error { return errDown }
func works(context.Context) error { return nil }

// start makes a breaker; what is not set is 1, or 10s.
func start(t *testing.T, cfg breaker.Config) *breaker.Breaker {
	t.Helper()
	cfg.Failures, cfg.Probes, cfg.Successes = max(cfg.Failures, 1), max(cfg.Probes, 1), max(cfg.Successes, 1)
	if cfg.Cooldown == 0 {
		cfg.Cooldown = 10 * time.Second
	}
	b, err := breaker.New(cfg)
	if err != nil || b == nil {
		t.Fatalf("New with failures %d, cooldown %v, probes %d, successes %d = (%v, %v), want a breaker", cfg.Failures, cfg.Cooldown, cfg.Probes, cfg.Successes, b, err)
	}
	return b
}

func name(s breaker.State) string {
	switch s {
	case breaker.Closed:
		return "closed"
	case breaker.Open:
		return "open"
	case breaker.HalfOpen:
		return "half-open"
	}
	return "no known state"
}

func expect(t *testing.T, b *breaker.Breaker, want breaker.State, when string) {
	t.Helper()
	if got := b.State(); got != want {
		t.Fatalf("%s: the breaker is %s, want %s", when, name(got), name(want))
	}
}

func TestOpensAfterFailuresInARow(t *testing.T) {
	b := start(t, breaker.Config{Failures: 3})
	for i := range 3 {
		expect(t, b, breaker.Closed, "3 failures in a row open it, and there were fewer")
		if err := b.Do(t.Context(), fails); err != errDown {
			t.Fatalf("failure %d while closed: Do returned %v, want exactly what op returned", i+1, err)
		}
	}
	expect(t, b, breaker.Open, "after 3 failures of 3")
	called := false
	err := b.Do(t.Context(), func(context.Context) error {
		called = true
		return nil
	})
	if !errors.Is(err, breaker.ErrOpen) || called {
		t.Errorf("the breaker is open: Do returned %v (op called: %v), want ErrOpen and no call", err, called)
	}
}

func TestSuccessStartsTheCountAnew(t *testing.T) {
	b := start(t, breaker.Config{Failures: 2})
	for range 5 {
		b.Do(t.Context(), fails)
		b.Do(t.Context(), works)
	}
	expect(t, b, breaker.Closed, "failures and successes took turns, 2 failures in a row open it")
}

func TestRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Cooldown: 10 * time.Second, Successes: 2})
		b.Do(t.Context(), fails)
		time.Sleep(9 * time.Second)
		expect(t, b, breaker.Open, "9s of a cooldown of 10s have passed")
		time.Sleep(1001 * time.Millisecond)
		synctest.Wait()
		expect(t, b, breaker.HalfOpen, "the cooldown is over")
		for i := range 2 {
			expect(t, b, breaker.HalfOpen, "2 successes close it, and there were fewer")
			if err := b.Do(t.Context(), works); err != nil {
				t.Fatalf("probe %d: Do returned %v, want op called and nil", i+1, err)
			}
		}
		expect(t, b, breaker.Closed, "after 2 successful probes of 2")
	})
}

func TestFailedProbeOpensAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Failures: 3, Cooldown: 10 * time.Second, Successes: 2})
		for range 3 {
			b.Do(t.Context(), fails)
		}
		time.Sleep(10001 * time.Millisecond)
		synctest.Wait()
		b.Do(t.Context(), works)
		b.Do(t.Context(), fails)
		expect(t, b, breaker.Open, "one probe succeeded and the next one failed")
		time.Sleep(9 * time.Second)
		expect(t, b, breaker.Open, "9s after a probe failed, the cooldown is 10s")
		time.Sleep(1001 * time.Millisecond)
		synctest.Wait()
		b.Do(t.Context(), works)
		expect(t, b, breaker.HalfOpen, "one success since it became half-open for the second time, 2 close it")
	})
}
