package retry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/retry"
)

func failing(context.Context) error { return errBusy }
func fine(context.Context) error    { return nil }

// Each of the two needs the other to have begun. Outside of a bubble: there, waiting for a lock is not waiting.
func TestCallsDoNotWaitForEachOther(t *testing.T) {
	r := start(t, retry.Policy{Attempts: 1})
	var both, begun sync.WaitGroup
	begun.Add(2)
	for range 2 {
		both.Go(func() {
			err := r.Do(t.Context(), func(context.Context) error {
				begun.Done()
				begun.Wait()
				return nil
			})
			if err != nil {
				t.Errorf("op returned nil and Do %v", err)
			}
		})
	}
	both.Wait()
}

func TestBadPoliciesAreRefused(t *testing.T) {
	for _, p := range []retry.Policy{
		{Attempts: 0, Base: 1, Max: 1},
		{Attempts: -1, Base: 1, Max: 1},
		{Attempts: 1, Base: 0, Max: 1},
		{Attempts: 1, Base: -1, Max: 1},
		{Attempts: 1, Base: 2, Max: 1},
		{Attempts: 1, Base: 1, Max: 1, Budget: -1},
	} {
		if _, err := retry.New(p); !errors.Is(err, retry.ErrPolicy) {
			t.Errorf("New(attempts %d, base %v, max %v, budget %d) returned the error %v, want one that matches ErrPolicy", p.Attempts, p.Base, p.Max, p.Budget, err)
		}
	}
	if _, err := retry.New(retry.Policy{Attempts: 1, Base: 1, Max: 1}); err != nil {
		t.Errorf("one attempt, base and max of 1ns and no budget is a policy; New returned %v", err)
	}
}

func TestBoundsDoubleUpToMax(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const attempts = 100
		var bounds []time.Duration
		r := start(t, retry.Policy{Attempts: attempts, Base: time.Second, Max: 45 * time.Second, Budget: attempts, Jitter: func(bound time.Duration) time.Duration {
			bounds = append(bounds, bound)
			return bound / 4
		}})
		begin := time.Now()
		r.Do(t.Context(), failing)
		var want []time.Duration
		var total time.Duration
		for i := range attempts - 1 {
			bound := 45 * time.Second
			if i < 6 {
				bound = min(bound, time.Second<<i)
			}
			want = append(want, bound)
			total += bound / 4
		}
		if !slices.Equal(bounds, want) {
			t.Errorf("base 1s, max 45s, 100 attempts: Jitter was asked with the bounds %v, want 1s, 2s, 4s, … 32s and then always 45s", bounds)
		}
		if took := time.Since(begin); took != total {
			t.Errorf("the pauses that Jitter chose are %v in all, and Do took %v", total, took)
		}
	})
}

func TestHugeBoundsDoNotOverflow(t *testing.T) {
	const most = time.Duration(1<<63 - 1)
	for _, base := range []time.Duration{3, most/2 + 1, most} {
		last := time.Duration(0)
		r := start(t, retry.Policy{Attempts: 90, Base: base, Max: most, Budget: 90, Jitter: func(bound time.Duration) time.Duration {
			if bound < last {
				t.Errorf("base %d, no limit to speak of: after the bound %d came %d", base, last, bound)
			}
			last = bound
			return 0
		}})
		r.Do(t.Context(), failing)
		if last != most {
			t.Errorf("base %d, max %d, 90 attempts: the last bound was %d", base, most, last)
		}
	}
}

func TestDefaultJitterSpreadsEvenly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, err := retry.New(retry.Policy{Attempts: 2, Base: time.Second, Max: time.Second, Budget: 400})
		if err != nil {
			t.Fatalf("New failed: %v", err)
		}
		var quarters [4]int
		for range 400 {
			begin := time.Now()
			r.Do(t.Context(), failing)
			r.Do(t.Context(), fine) // puts the token back
			took := time.Since(begin)
			if took < 0 || took > time.Second {
				t.Fatalf("the bound of the pause is 1s and Do took %v", took)
			}
			quarters[min(3, int(took/(250*time.Millisecond)))]++
		}
		for i, n := range quarters {
			if n < 30 { // 100 are expected; less than 30 is beyond eight standard deviations
				t.Errorf("of 400 random pauses with a bound of 1s, %v lay in the four quarters of the second: quarter %d is not reached evenly. Callers that failed together come back together", quarters, i+1)
			}
		}
	})
}

func TestTinyBoundsNeedNoCare(t *testing.T) {
	r, err := retry.New(retry.Policy{Attempts: 3, Base: 1, Max: 1, Budget: 3})
	if err != nil {
		t.Fatalf("New failed: %v", err)
	}
	if err := r.Do(t.Context(), failing); !errors.Is(err, errBusy) {
		t.Errorf("base and max of 1ns: Do returned %v, want op's error", err)
	}
}

func TestPermanentIsFoundBelowWrappings(t *testing.T) {
	unknown := errors.New("unknown article")
	for what, err := range map[string]error{
		"by fmt.Errorf":  fmt.Errorf("price of 7: %w", retry.Permanent(unknown)),
		"by errors.Join": errors.Join(errors.New("closing failed too"), retry.Permanent(unknown)),
		"twice":          fmt.Errorf("shop: %w", fmt.Errorf("price: %w", retry.Permanent(fmt.Errorf("query: %w", unknown)))),
	} {
		r := start(t, retry.Policy{Attempts: 3, Base: 1, Max: 1, Budget: 10})
		calls := 0
		got := r.Do(t.Context(), func(context.Context) error {
			calls++
			return err
		})
		if calls != 1 || !errors.Is(got, unknown) {
			t.Errorf("op failed with a permanent error that was wrapped %s: Do returned %v after %d calls, want an error that matches op's after 1", what, got, calls)
		}
	}
}

type statusError struct{ code int }

func (s *statusError) Error() string { return fmt.Sprintf("status %d", s.code) }

func TestPermanentHidesNothing(t *testing.T) {
	err := retry.Permanent(&statusError{404})
	if err == nil || err.Error() != "status 404" {
		t.Fatalf("Permanent of an error with the text %q is %v", "status 404", err)
	}
	var status *statusError
	if !errors.As(err, &status) || status.code != 404 {
		t.Error("errors.As does not find the error that was given to Permanent")
	}
	if err := retry.Permanent(nil); err != nil {
		t.Errorf("Permanent(nil) == nil is false, it is a %T: an op that ends with `return retry.Permanent(err)` could not succeed", err)
	}
}

func TestLastErrorIsTheOneReturned(t *testing.T) {
	r := start(t, retry.Policy{Attempts: 3, Base: 1, Max: 1, Budget: 10})
	calls := 500
	err := r.Do(t.Context(), func(context.Context) error {
		calls++
		return &statusError{calls}
	})
	var status *statusError
	if !errors.As(err, &status) || status.code != 503 {
		t.Errorf("three attempts ended with status 501, 502 and 503: Do returned %v, want an error in which errors.As finds the last one", err)
	}
}

func TestDoneContextIsNotTried(t *testing.T) {
	r := start(t, retry.Policy{Attempts: 3, Budget: 10})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	calls := 0
	err := r.Do(ctx, func(context.Context) error {
		calls++
		return nil
	})
	if calls != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("the context was done before Do was called: it returned %v after %d calls, want context.Canceled and none", err, calls)
	}
}

func TestOperationGetsTheContext(t *testing.T) {
	type key struct{}
	r := start(t, retry.Policy{Attempts: 1})
	var got any
	r.Do(context.WithValue(t.Context(), key{}, "trace-7"), func(ctx context.Context) error {
		got = ctx.Value(key{})
		return nil
	})
	if got != "trace-7" {
		t.Errorf("op looked up a value of the context that Do got, and found %v", got)
	}
}

func TestDoWaitsForAnOperationThatIgnoresItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 3, Budget: 10})
		ctx, cancel := context.WithCancel(t.Context())
		var running atomic.Bool
		calls := 0
		err := r.Do(ctx, func(context.Context) error {
			calls++
			running.Store(true)
			cancel()
			time.Sleep(time.Second)
			running.Store(false)
			return errBusy
		})
		if running.Load() {
			t.Error("Do returned while op was running: whatever op uses may be gone before it has ended")
		}
		if calls != 1 || !errors.Is(err, context.Canceled) || !errors.Is(err, errBusy) {
			t.Errorf("the context was cancelled during the first attempt, which failed: Do returned %q after %d calls, want an error after 1 that matches context.Canceled and op's", err, calls)
		}
		time.Sleep(time.Hour) // virtual: whatever is still running comes to its end
	})
}

func TestNoPauseThatCannotEndInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 5, Budget: 10})
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		begin := time.Now()
		calls := 0
		err := r.Do(ctx, func(context.Context) error {
			calls++
			return errBusy
		})
		if calls != 2 || !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, errBusy) {
			t.Errorf("the deadline is in 2.5s, pauses are 1s and 2s: Do returned %q after %d calls, want an error after 2 that matches context.DeadlineExceeded and op's", err, calls)
		}
		if took := time.Since(begin); took != time.Second {
			t.Errorf("the second pause would have ended after the deadline, so Do gives up when it is due, after 1s; it returned after %v", took)
		}
	})
}

func TestTimeoutsOfOneAttemptAreRetried(t *testing.T) {
	for _, own := range []error{context.DeadlineExceeded, context.Canceled} {
		r := start(t, retry.Policy{Attempts: 3, Base: 1, Max: 1, Budget: 10})
		calls := 0
		err := r.Do(t.Context(), func(context.Context) error {
			if calls++; calls == 1 {
				return fmt.Errorf("get: %w", own) // of a context of its own
			}
			return nil
		})
		if err != nil || calls != 2 {
			t.Errorf("the first attempt ended with %q, but the caller's context is not done: Do returned %v after %d calls, want nil after 2", own, err, calls)
		}
	}
}

// All callers fail at the same moment. The notes that they take are their own: nothing here orders their steps.
func TestBudgetIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const callers, budget = 12, 4
		r := start(t, retry.Policy{Attempts: 2, Budget: budget})
		var calls [callers]int
		var refused [callers]bool
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				err := r.Do(t.Context(), func(context.Context) error {
					calls[i]++
					return errBusy
				})
				refused[i] = errors.Is(err, retry.ErrBudget)
				if !errors.Is(err, errBusy) {
					t.Errorf("op failed, and the error of Do does not match: %v", err)
				}
				if refused[i] == (calls[i] == 2) {
					t.Errorf("one caller made %d attempts of 2 and got %q", calls[i], err)
				}
			})
		}
		wg.Wait()
		retries := 0
		for _, n := range calls {
			retries += n - 1
		}
		if retries != budget {
			t.Errorf("%d callers failed at the same moment, the budget is %d tokens, and %d of them tried again", callers, budget, retries)
		}
	})
}

// attempts counts the calls of op in a Do that always fails.
func attempts(t *testing.T, r *retry.Retrier) int {
	calls := 0
	r.Do(t.Context(), func(context.Context) error {
		calls++
		return errBusy
	})
	return calls
}

func TestSuccessesRefillTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 10, Base: 1, Max: 1, Budget: 3})
		if n := attempts(t, r); n != 4 {
			t.Errorf("a budget of 3, all of it there: op was called %d times, want the first time and 3 more", n)
		}
		if n := attempts(t, r); n != 1 {
			t.Errorf("the budget is empty: op was called %d times, want once", n)
		}
		r.Do(t.Context(), fine)
		r.Do(t.Context(), fine)
		if n := attempts(t, r); n != 3 {
			t.Errorf("the budget was empty, then op succeeded twice: op was called %d times, want the first time and 2 more", n)
		}
		for range 20 {
			r.Do(t.Context(), fine)
		}
		if n := attempts(t, r); n != 4 {
			t.Errorf("after 20 successes the budget of 3 is full and not fuller: op was called %d times, want 4", n)
		}
	})
}

func TestOnlyRetriesTakeTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, retry.Policy{Attempts: 3, Base: 1, Max: 1, Budget: 4})
		for range 5 {
			r.Do(t.Context(), func(context.Context) error { return retry.Permanent(errBusy) })
		}
		if first, second, third := attempts(t, r), attempts(t, r), attempts(t, r); first != 3 || second != 3 || third != 1 {
			t.Errorf("3 attempts and a budget of 4, after 5 permanent failures: three calls of Do made %d, %d and %d attempts, want 3, 3 and 1. First attempts and permanent errors cost nothing", first, second, third)
		}
	})
}

func TestNoBudgetNoRetry(t *testing.T) {
	r := start(t, retry.Policy{Attempts: 3, Budget: 0})
	r.Do(t.Context(), fine)
	calls := 0
	err := r.Do(t.Context(), func(context.Context) error {
		calls++
		return errBusy
	})
	if calls != 1 || !errors.Is(err, retry.ErrBudget) || !errors.Is(err, errBusy) {
		t.Errorf("a budget of 0: Do returned %q after %d calls, want an error after 1 that matches ErrBudget and op's", err, calls)
	}
}

func TestManyCallersSucceedAtOnce(t *testing.T) {
	r := start(t, retry.Policy{Attempts: 2, Base: 1, Max: 1, Budget: 100})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				failed := false
				err := r.Do(t.Context(), func(context.Context) error {
					if !failed {
						failed = true
						return errBusy
					}
					return nil
				})
				if err != nil {
					t.Errorf("op failed once and then succeeded, 2 attempts and a budget that suffices: Do returned %v", err)
				}
			}
		})
	}
	wg.Wait()
}
