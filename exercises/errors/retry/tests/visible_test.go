package retry_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/retry"
)

var errBusy = errors.New("busy")

// longest is a Jitter that makes pauses predictable.
func longest(bound time.Duration) time.Duration { return bound }

// start makes a Retrier of the policy; what is not set gets a harmless value.
func start(t *testing.T, p retry.Policy) *retry.Retrier {
	t.Helper()
	if p.Base == 0 {
		p.Base, p.Max = time.Second, time.Minute
	}
	if p.Jitter == nil {
		p.Jitter = longest
	}
	r, err := retry.New(p)
	if err != nil || r == nil {
		t.Fatalf("New(attempts %d, base %v, max %v, budget %d) = (%v, %v), want a Retrier", p.Attempts, p.Base, p.Max, p.Budget, r, err)
	}
	return r
}

func TestSucceedsInTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 5, Budget: 10})
		begin := time.Now()
		calls := 0
		err := r.Do(t.Context(), func(context.Context) error {
			if calls++; calls < 3 {
				return errBusy
			}
			return nil
		})
		if err != nil || calls != 3 {
			t.Errorf("op fails twice and then succeeds, 5 attempts are allowed: Do returned %v after %d calls, want nil after 3", err, calls)
		}
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("two pauses of 1s and 2s were due, and Do took %v", took)
		}
	})
}

func TestGivesUpAfterTheLastAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 3, Budget: 10})
		begin := time.Now()
		calls := 0
		err := r.Do(t.Context(), func(context.Context) error {
			calls++
			return fmt.Errorf("attempt %d: %w", calls, errBusy)
		})
		if !errors.Is(err, errBusy) || calls != 3 {
			t.Errorf("op always fails, 3 attempts are allowed: Do returned %v after %d calls, want an error that matches the last one after 3", err, calls)
		}
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("two pauses of 1s and 2s were due between 3 attempts, and Do took %v: after the last one there is nothing to wait for", took)
		}
	})
}

func TestPermanentErrorsAreNotRetried(t *testing.T) {
	r := start(t, retry.Policy{Attempts: 3, Budget: 10})
	unknown := errors.New("unknown article")
	calls := 0
	err := r.Do(t.Context(), func(context.Context) error {
		calls++
		return retry.Permanent(unknown)
	})
	if !errors.Is(err, unknown) || calls != 1 {
		t.Errorf("op failed permanently: Do returned %v after %d calls, want an error that matches op's after 1", err, calls)
	}
}

func TestPauseEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 3, Budget: 10})
		ctx, cancel := context.WithCancel(t.Context())
		begin := time.Now()
		calls := 0
		time.AfterFunc(300*time.Millisecond, cancel)
		err := r.Do(ctx, func(context.Context) error {
			calls++
			return errBusy
		})
		if calls != 1 || !errors.Is(err, context.Canceled) || !errors.Is(err, errBusy) {
			t.Errorf("the context was cancelled in the first pause: Do returned %q after %d calls, want an error after 1 that matches context.Canceled and op's", err, calls)
		}
		if took := time.Since(begin); took != 300*time.Millisecond {
			t.Errorf("the context was cancelled after 300ms, in a pause of 1s, and Do returned after %v", took)
		}
	})
}
