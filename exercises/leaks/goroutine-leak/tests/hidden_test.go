package hedge_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/hedge"
)

// Runs first, so that whatever it leaves behind has the rest of the run to settle.
func TestLosersEndWhenTheirCallsReturn(t *testing.T) {
	for range 5 {
		var losers sync.WaitGroup
		release := make(chan struct{})
		entered := make(chan struct{}, 3)
		deafLoser := func(value string, err error) hedge.Call[string] {
			losers.Add(1)
			return func(context.Context) (string, error) {
				defer losers.Done()
				entered <- struct{}{}
				<-release
				return value, err
			}
		}
		got, err := hedge.First(t.Context(), 0,
			deafLoser("late", nil),
			deafLoser("late too", nil),
			deafLoser("", errors.New("late failure")),
			func(context.Context) (string, error) {
				for range 3 {
					<-entered
				}
				return "first", nil
			},
		)
		if got != "first" || err != nil {
			t.Fatalf(`three calls are slow and one answers "first": First returned (%q, %v)`, got, err)
		}
		close(release) // now every loser's call returns, some with an answer that nobody needs
		losers.Wait()
	}
}

func TestNothingIsLeftWhenTheCallerGivesUp(t *testing.T) {
	for range 5 {
		var running sync.WaitGroup
		release := make(chan struct{})
		entered := make(chan struct{}, 2)
		deaf := func(context.Context) (string, error) {
			defer running.Done()
			entered <- struct{}{}
			<-release
			return "late", nil
		}
		running.Add(2)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-entered
			<-entered
			cancel()
		}()
		got, err := hedge.First(ctx, 0, deaf, deaf)
		if got != "" || !errors.Is(err, context.Canceled) {
			t.Errorf(`the caller's context was cancelled while both calls were running: First returned (%q, %v), want ("", context canceled)`, got, err)
		}
		close(release)
		running.Wait()
	}
}

func TestLosersAreToldWhenFirstReturns(t *testing.T) {
	var mu sync.Mutex
	var seen []context.Context
	var losers sync.WaitGroup
	entered := make(chan struct{}, 2)
	listener := func(ctx context.Context) (string, error) {
		defer losers.Done()
		mu.Lock()
		seen = append(seen, ctx)
		mu.Unlock()
		entered <- struct{}{}
		<-ctx.Done()
		return "", ctx.Err()
	}
	outer, cancel := context.WithCancel(t.Context())
	losers.Add(2)
	_, err := hedge.First(outer, 0, listener, listener, func(context.Context) (string, error) {
		<-entered
		<-entered
		return "won", nil
	})
	if err != nil {
		t.Errorf("First failed although a call succeeded: %v", err)
	}
	for _, ctx := range seen {
		if ctx.Err() == nil {
			t.Error("First has returned, and the context of a loser is not cancelled: it goes on working for nobody")
			break
		}
	}
	cancel() // so that the losers end in any case
	losers.Wait()
}

func TestContextIsDerived(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace-7")
	got, err := hedge.First(ctx, 0, func(ctx context.Context) (string, error) {
		value, _ := ctx.Value(key{}).(string)
		return value, nil
	})
	if got != "trace-7" || err != nil {
		t.Errorf(`the call looked up a value of the caller's context and First returned (%q, %v), want ("trace-7", nil)`, got, err)
	}
}

func TestAllFailed(t *testing.T) {
	for range 200 {
		errs := []error{errors.New("e0"), errors.New("e1"), errors.New("e2"), errors.New("e3"), errors.New("e4"), errors.New("e5")}
		var calls []hedge.Call[string]
		for _, err := range errs {
			calls = append(calls, fails(err))
		}
		got, err := hedge.First(t.Context(), 0, calls...)
		if got != "" || err == nil {
			t.Fatalf("every call failed and First returned (%q, %v)", got, err)
		}
		for _, want := range errs {
			if !errors.Is(err, want) {
				t.Fatalf("every call failed, and errors.Is finds no %v in the error of First: %q", want, err)
			}
		}
	}
}

// starts notes at which virtual time each call was started.
type starts struct {
	mu    sync.Mutex
	begin time.Time
	at    []time.Duration
}

func (s *starts) note() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = append(s.at, time.Since(s.begin))
}

func (s *starts) takes(d time.Duration, value string, err error) hedge.Call[string] {
	return func(context.Context) (string, error) {
		s.note()
		time.Sleep(d)
		return value, err
	}
}

func (s *starts) times() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.at)
}

const ms = time.Millisecond

func TestStartsAreSpacedByTheDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: calls that are still running come to their end
		s := starts{begin: time.Now()}
		busy := errors.New("busy")
		// The winner is the last to return: nobody loses here.
		got, err := hedge.First(t.Context(), 10*ms, s.takes(25*ms, "", busy), s.takes(17*ms, "", busy), s.takes(30*ms, "third", nil))
		if got != "third" || err != nil {
			t.Errorf(`First returned (%q, %v), want ("third", nil)`, got, err)
		}
		if took := time.Since(s.begin); took != 50*ms {
			t.Errorf("the winner was started at 20ms and took 30ms, but First returned after %v", took)
		}
		if want := []time.Duration{0, 10 * ms, 20 * ms}; !slices.Equal(s.times(), want) {
			t.Errorf("with a delay of 10ms the calls were started at %v, want %v", s.times(), want)
		}
	})
}

func TestFailureStartsTheNextAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: calls that are still running come to their end
		s := starts{begin: time.Now()}
		busy := errors.New("busy")
		got, err := hedge.First(t.Context(), 10*ms, s.takes(3*ms, "", busy), s.takes(12*ms, "", busy), s.takes(9*ms, "third", nil))
		if got != "third" || err != nil {
			t.Errorf(`First returned (%q, %v), want ("third", nil)`, got, err)
		}
		if want := []time.Duration{0, 3 * ms, 13 * ms}; !slices.Equal(s.times(), want) {
			t.Errorf("the first call failed after 3ms, the delay is 10ms: the calls were started at %v, want %v (the delay counts from the start before)", s.times(), want)
		}
	})
}

func TestQuickAnswerStartsNoHedge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: calls that are still running come to their end
		s := starts{begin: time.Now()}
		got, err := hedge.First(t.Context(), 10*ms, s.takes(5*ms, "primary", nil), s.takes(5*ms, "hedge", nil), s.takes(5*ms, "hedge", nil))
		if got != "primary" || err != nil {
			t.Errorf(`First returned (%q, %v), want ("primary", nil)`, got, err)
		}
		time.Sleep(time.Hour) // virtual: hedges that are still planned come to their start
		if at := s.times(); len(at) != 1 {
			t.Errorf("the first call answered after 5ms, the delay is 10ms: %d calls were started, at %v. A call must not be started once there is an answer", len(at), at)
		}
	})
}

func TestZeroDelayStartsAllAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: calls that are still running come to their end
		s := starts{begin: time.Now()}
		busy := errors.New("busy")
		if _, err := hedge.First(t.Context(), 0, s.takes(5*ms, "", busy), s.takes(6*ms, "", busy), s.takes(7*ms, "third", nil)); err != nil {
			t.Errorf("First failed although a call succeeded: %v", err)
		}
		if want := []time.Duration{0, 0, 0}; !slices.Equal(s.times(), want) {
			t.Errorf("without a delay the calls were started at %v, want all at 0", s.times())
		}
	})
}

func TestManyRacesAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	var wins atomic.Int64
	for range 5 {
		wg.Go(func() {
			for range 6 {
				if got, err := hedge.First(t.Context(), 0, answers("a"), answers("a"), fails(errors.New("busy"))); got == "a" && err == nil {
					wins.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if wins.Load() != 30 {
		t.Errorf("30 races with two good calls each: %d were won", wins.Load())
	}
}
