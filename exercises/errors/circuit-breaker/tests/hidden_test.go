package breaker_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/breaker"
)

// Outside of a bubble: there, waiting for a lock is not waiting. Each of the two needs the other to have begun.
func TestCallsDoNotWaitForEachOther(t *testing.T) {
	b := start(t, breaker.Config{})
	var both, begun sync.WaitGroup
	begun.Add(2)
	for range 2 {
		both.Go(func() {
			b.Do(t.Context(), func(context.Context) error {
				begun.Done()
				begun.Wait()
				if got := b.State(); got != breaker.Closed {
					t.Errorf("op asked for the state of a new breaker and got %s", name(got))
				}
				return nil
			})
		})
	}
	both.Wait()
}

// The goroutines share nothing but the breaker: nothing else orders their steps.
func TestManyCallersAtOnce(t *testing.T) {
	b := start(t, breaker.Config{Cooldown: time.Microsecond, Probes: 2})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for round := range 40 {
				var want error
				if (i+round)%3 == 0 {
					want = errDown
				}
				called := false
				err := b.Do(context.Background(), func(context.Context) error {
					called = true
					return want
				})
				if called && err != want || !called && !errors.Is(err, breaker.ErrOpen) {
					t.Errorf("op was called: %v, returned %v; Do returned %v", called, want, err)
				}
				b.State()
			}
		})
	}
	wg.Wait()
}

func TestBadConfigurationsAreRefused(t *testing.T) {
	for _, cfg := range []breaker.Config{
		{Failures: 0, Cooldown: 1, Probes: 1, Successes: 1},
		{Failures: 1, Cooldown: 0, Probes: 1, Successes: 1},
		{Failures: 1, Cooldown: -1, Probes: 1, Successes: 1},
		{Failures: 1, Cooldown: 1, Probes: 0, Successes: 1},
		{Failures: 1, Cooldown: 1, Probes: 1, Successes: 0},
	} {
		if _, err := breaker.New(cfg); !errors.Is(err, breaker.ErrConfig) {
			t.Errorf("New with failures %d, cooldown %v, probes %d, successes %d returned the error %v, want one that matches ErrConfig", cfg.Failures, cfg.Cooldown, cfg.Probes, cfg.Successes, err)
		}
	}
}

// slow is a call of Do that is running: it ends with the error that is sent to end.
type slow struct {
	end  chan error
	done chan error // what Do returned
}

// begin starts a call of Do and returns once op is running, or nil if it was refused. Only inside of a bubble.
func begin(t *testing.T, ctx context.Context, b *breaker.Breaker) *slow {
	t.Helper()
	s := &slow{end: make(chan error, 1), done: make(chan error, 1)}
	running := make(chan struct{}, 1)
	go func() {
		s.done <- b.Do(ctx, func(context.Context) error {
			running <- struct{}{}
			return <-s.end
		})
	}()
	synctest.Wait()
	select {
	case <-running:
		t.Cleanup(func() { s.finish(nil) })
		return s
	default:
	}
	select {
	case err := <-s.done:
		if !errors.Is(err, breaker.ErrOpen) {
			t.Fatalf("op was not called and Do returned %v, want ErrOpen", err)
		}
	default:
		t.Fatal("Do neither calls op nor returns: a call that may not run is refused, it does not wait")
	}
	return nil
}

// finish lets op return err, and waits until Do has returned.
func (s *slow) finish(err error) {
	select {
	case s.end <- err:
	default:
		return // has ended already
	}
	synctest.Wait()
}

// trip opens a breaker with failures in a row.
func trip(t *testing.T, b *breaker.Breaker, failures int) {
	t.Helper()
	for range failures {
		b.Do(t.Context(), fails)
	}
	expect(t, b, breaker.Open, fmt.Sprintf("after %d failures of %d", failures, failures))
}

// cooled lets the usual cooldown of 10s pass.
func cooled(t *testing.T, b *breaker.Breaker) {
	t.Helper()
	time.Sleep(10001 * time.Millisecond)
	synctest.Wait()
	expect(t, b, breaker.HalfOpen, "10s after it opened, the cooldown is 10s")
}

func TestProbesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Probes: 2, Successes: 4})
		trip(t, b, 1)
		cooled(t, b)
		first, second := begin(t, t.Context(), b), begin(t, t.Context(), b)
		if first == nil || second == nil {
			t.Fatal("half-open, 2 probes allowed: the first or the second was refused")
		}
		if begin(t, t.Context(), b) != nil {
			t.Error("half-open, 2 probes allowed and running: a third call was let through")
		}
		first.finish(nil)
		if begin(t, t.Context(), b) == nil {
			t.Error("half-open, one of 2 probes has ended: the next call was refused")
		}
		if begin(t, t.Context(), b) != nil {
			t.Error("half-open, 2 probes allowed and running again: a further call was let through")
		}
	})
}

// All callers come at the same moment, when the cooldown has just passed.
func TestStampedeAfterTheCooldown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const callers, probes = 30, 3
		b := start(t, breaker.Config{Probes: probes})
		trip(t, b, 1)
		var called [callers]bool
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				time.Sleep(10001 * time.Millisecond)
				b.Do(context.Background(), func(context.Context) error {
					called[i] = true
					time.Sleep(time.Second)
					return errDown
				})
			})
		}
		wg.Wait()
		n := 0
		for _, was := range called {
			if was {
				n++
			}
		}
		if n != probes {
			t.Errorf("the cooldown was over and %d callers came at the same moment: %d were let through, %d probes are allowed", callers, n, probes)
		}
	})
}

func TestRefusedCallsDoNotProlongTheCooldown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{})
		trip(t, b, 1)
		for range 9 {
			time.Sleep(time.Second)
			if err := b.Do(t.Context(), works); !errors.Is(err, breaker.ErrOpen) {
				t.Fatalf("within the cooldown Do returned %v, want ErrOpen", err)
			}
		}
		time.Sleep(1001 * time.Millisecond)
		synctest.Wait()
		expect(t, b, breaker.HalfOpen, "10s after it opened, with calls refused in every second of the cooldown of 10s")
	})
}

func TestCountingBeginsAnewAfterClosing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Failures: 3, Successes: 2})
		for range 2 {
			trip(t, b, 3)
			cooled(t, b)
			b.Do(t.Context(), works)
			expect(t, b, breaker.HalfOpen, "after one successful probe of 2")
			b.Do(t.Context(), works)
			expect(t, b, breaker.Closed, "after 2 successful probes of 2")
			b.Do(t.Context(), fails)
			b.Do(t.Context(), fails)
			expect(t, b, breaker.Closed, "2 failures since it closed, 3 open it")
			b.Do(t.Context(), works)
		}
	})
}

func TestLateFailuresDoNotProlongTheCooldown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Failures: 2})
		var late []*slow
		for range 4 {
			late = append(late, begin(t, t.Context(), b))
		}
		trip(t, b, 2)
		time.Sleep(5 * time.Second)
		for _, s := range late {
			s.finish(errDown)
		}
		time.Sleep(5001 * time.Millisecond)
		synctest.Wait()
		expect(t, b, breaker.HalfOpen, "10s after it opened; calls that had begun before failed after 5s of the cooldown of 10s")
	})
}

func TestLateOutcomesDoNotCount(t *testing.T) {
	for _, outcome := range []error{nil, errDown} {
		synctest.Test(t, func(t *testing.T) {
			b := start(t, breaker.Config{Failures: 2})
			whenOpen, whenHalfOpen, whenClosed := begin(t, t.Context(), b), begin(t, t.Context(), b), begin(t, t.Context(), b)
			trip(t, b, 2)
			whenOpen.finish(outcome)
			expect(t, b, breaker.Open, fmt.Sprintf("a call from before it opened has ended with %v", outcome))
			cooled(t, b)
			whenHalfOpen.finish(outcome)
			expect(t, b, breaker.HalfOpen, fmt.Sprintf("a call from before it opened has ended with %v: it was no probe", outcome))
			b.Do(t.Context(), works)
			b.Do(t.Context(), fails)
			whenClosed.finish(outcome)
			expect(t, b, breaker.Closed, fmt.Sprintf("closed again, one failure of 2, and a call from before the outage has ended with %v", outcome))
			b.Do(t.Context(), fails)
			expect(t, b, breaker.Open, fmt.Sprintf("2 failures of 2; between them a call from before the outage had ended with %v, which tells nothing of now", outcome))
		})
	}
}

func TestLateProbesDoNotCount(t *testing.T) {
	for _, outcome := range []error{nil, errDown} {
		synctest.Test(t, func(t *testing.T) {
			b := start(t, breaker.Config{Probes: 2})
			trip(t, b, 1)
			cooled(t, b)
			old := begin(t, t.Context(), b)
			b.Do(t.Context(), fails)
			expect(t, b, breaker.Open, "a probe has failed while another one is running")
			cooled(t, b)
			if begin(t, t.Context(), b) == nil {
				t.Fatal("half-open for the second time, 2 probes allowed: the first one was refused")
			}
			if begin(t, t.Context(), b) == nil {
				t.Fatal("half-open for the second time, 2 probes allowed, one is running, and one from the first time too: the second was refused. Old probes take no place")
			}
			old.finish(outcome)
			expect(t, b, breaker.HalfOpen, fmt.Sprintf("a probe of the first half-open period has ended with %v in the second one", outcome))
			if begin(t, t.Context(), b) != nil {
				t.Error("half-open for the second time, 2 probes allowed and running, and one from the first time has ended: a third was let through")
			}
		})
	}
}

func TestPanicsAreFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Failures: 2})
		crash := func() (value any) {
			defer func() { value = recover() }()
			b.Do(t.Context(), func(context.Context) error { panic("index out of range") })
			return nil
		}
		for range 2 {
			expect(t, b, breaker.Closed, "2 failures open it, and fewer operations have panicked")
			if got := crash(); got != "index out of range" {
				t.Fatalf(`op panicked with "index out of range", and the caller of Do recovered %v: the panic has to pass through`, got)
			}
		}
		expect(t, b, breaker.Open, "2 operations have panicked, 2 failures open it")
		cooled(t, b)
		crash()
		expect(t, b, breaker.Open, "a probe has panicked")
		cooled(t, b)
		if err := b.Do(t.Context(), works); err != nil {
			t.Errorf("half-open, and a probe of the time before had panicked: Do returned %v, want the call let through", err)
		}
	})
}

func TestGoexitIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{})
		var wg sync.WaitGroup
		wg.Go(func() {
			b.Do(t.Context(), func(context.Context) error {
				runtime.Goexit()
				return nil
			})
		})
		wg.Wait()
		expect(t, b, breaker.Open, "op has ended its goroutine by runtime.Goexit, 1 failure opens it")
	})
}

func TestCallersThatHangUpProveNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{Failures: 2, Probes: 1})
		hangUp := func() {
			t.Helper()
			ctx, cancel := context.WithCancel(t.Context())
			s := begin(t, ctx, b)
			if s == nil {
				t.Fatal("a call that should run was refused")
			}
			cancel()
			s.finish(fmt.Errorf("get: %w", context.Canceled))
		}
		hangUp()
		hangUp()
		expect(t, b, breaker.Closed, "2 callers have cancelled their context, 2 failures open it")
		b.Do(t.Context(), fails)
		hangUp()
		b.Do(t.Context(), fails)
		expect(t, b, breaker.Open, "2 failures of 2, with a cancelled call in between that is no success")
		cooled(t, b)
		hangUp()
		expect(t, b, breaker.HalfOpen, "the caller of the only probe has cancelled its context")
		if err := b.Do(t.Context(), works); err != nil {
			t.Errorf("half-open, the only probe was cancelled by its caller and has ended: the next one got %v", err)
		}
	})
}

func TestDeadlinesAreFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := b.Do(ctx, func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		})
		if err != context.DeadlineExceeded {
			t.Errorf("op returned context.DeadlineExceeded and Do %v", err)
		}
		expect(t, b, breaker.Open, "the server did not answer in time, 1 failure opens it")
	})
}

func TestOwnCancellationIsAFailure(t *testing.T) {
	b := start(t, breaker.Config{})
	b.Do(t.Context(), func(context.Context) error { return context.Canceled })
	expect(t, b, breaker.Open, "op returned context.Canceled, but the caller's context is not cancelled: 1 failure opens it")
}

func TestIsFailureDecides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		missing := errors.New("not found")
		b := start(t, breaker.Config{Failures: 2, IsFailure: func(err error) bool { return !errors.Is(err, missing) }})
		notFound := func(context.Context) error { return missing }
		b.Do(t.Context(), fails)
		if err := b.Do(t.Context(), notFound); err != missing {
			t.Errorf("op returned an error that is no failure: Do returned %v, want it all the same", err)
		}
		b.Do(t.Context(), fails)
		expect(t, b, breaker.Closed, "between 2 failures there was an error of which IsFailure says false: the server had answered")
		b.Do(t.Context(), fails)
		expect(t, b, breaker.Open, "2 failures of 2")
		cooled(t, b)
		b.Do(t.Context(), notFound)
		expect(t, b, breaker.Closed, "the probe ended with an error of which IsFailure says false, 1 success closes it")
	})
}

func TestDoneContextsChangeNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, breaker.Config{})
		done, cancel := context.WithCancel(t.Context())
		cancel()
		ask := func() {
			t.Helper()
			for range 3 {
				called := false
				err := b.Do(done, func(context.Context) error {
					called = true
					return errDown
				})
				if called || !errors.Is(err, context.Canceled) {
					t.Errorf("the context was done as Do was called: it returned %v (op called: %v), want context.Canceled and no call", err, called)
				}
			}
		}
		ask()
		expect(t, b, breaker.Closed, "after calls whose context was done")
		trip(t, b, 1)
		ask()
		cooled(t, b)
		ask()
		expect(t, b, breaker.HalfOpen, "after calls whose context was done")
		if err := b.Do(t.Context(), works); err != nil {
			t.Errorf("half-open, no probe is running: Do returned %v", err)
		}
	})
}

func TestOperationGetsTheContext(t *testing.T) {
	type key struct{}
	b := start(t, breaker.Config{})
	b.Do(context.WithValue(t.Context(), key{}, "trace-7"), func(ctx context.Context) error {
		if got := ctx.Value(key{}); got != "trace-7" {
			t.Errorf("op looked up a value of the context that Do got, and found %v", got)
		}
		return nil
	})
}
