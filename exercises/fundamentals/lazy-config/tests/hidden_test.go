package settings_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"sandbox/settings"
)

// baton lets one goroutine come after another without telling the race detector: what it orders in time is not ordered
// by happens-before.
type baton struct{ passed int }

//go:norace
func (b *baton) pass() { b.passed = 1 }

//go:norace
func (b *baton) wait() {
	for b.passed == 0 {
		runtime.Gosched()
	}
}

// lookedAt is a context that is cancelled when Done is called for the first time: while somebody is about to wait.
type lookedAt struct {
	context.Context
	cancel context.CancelFunc
}

func (c lookedAt) Done() <-chan struct{} {
	c.cancel()
	return c.Context.Done()
}

func cancelledWhileWaiting() lookedAt {
	ctx, cancel := context.WithCancel(context.Background())
	return lookedAt{ctx, cancel}
}

type outcome struct {
	settings *settings.Settings
	err      error
}

func get(loader *settings.Loader, ctx context.Context) <-chan outcome {
	c := make(chan outcome, 1)
	go func() {
		s, err := loader.Get(ctx)
		c <- outcome{s, err}
	}()
	return c
}

func TestWaitingCallerMayGiveUp(t *testing.T) {
	entered, open := make(chan struct{}, 10), make(chan struct{})
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		entered <- struct{}{}
		<-open
		return fill(into)
	})
	patient := get(loader, context.Background())
	<-entered
	for range 3 {
		if s, err := loader.Get(cancelledWhileWaiting()); s != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("a load was running and the context of a caller who came later was cancelled: Get returned (%v, %v), want (nil, context canceled)", s, err)
		}
	}
	close(open)
	got := <-patient
	mustBeWhole(t, "other callers gave up during the load", got.settings, got.err)
}

func TestLoadOutlivesTheContextThatStartedIt(t *testing.T) {
	type key struct{}
	entered, open := make(chan struct{}, 10), make(chan struct{})
	var loads atomic.Int64
	loader := settings.NewLoader(func(ctx context.Context, into *settings.Settings) error {
		loads.Add(1)
		entered <- struct{}{}
		<-open
		if err := ctx.Err(); err != nil {
			t.Errorf("the caller who started the load gave up, and the source's context says %v: the load is for everyone", err)
			return err
		}
		if got := ctx.Value(key{}); got != "trace-7" {
			t.Errorf("a value of the context of the caller who started the load is %v for the source, want trace-7", got)
		}
		return fill(into)
	})
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, "trace-7"))
	starter := get(loader, ctx)
	<-entered
	patient := get(loader, context.Background())
	cancel()
	if got := <-starter; got.settings != nil || !errors.Is(got.err, context.Canceled) {
		t.Errorf("the caller who started the load gave up: Get returned (%v, %v), want (nil, context canceled)", got.settings, got.err)
	}
	close(open)
	got := <-patient
	mustBeWhole(t, "another caller waited for the load", got.settings, got.err)
	if n := loads.Load(); n != 1 {
		t.Errorf("the source was called %d times, want once: a load goes on when its starter gives up", n)
	}
}

func TestLoadedSettingsBeatADoneContext(t *testing.T) {
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error { return fill(into) })
	s, err := loader.Get(context.Background())
	mustBeWhole(t, "first use", s, err)
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for range 40 {
		if again, err := loader.Get(done); again != s || err != nil {
			t.Fatalf("the settings were loaded long ago and the context was done: Get returned (%v, %v), want the settings", again, err)
		}
	}
}

func TestCallersShareOneLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		open := make(chan struct{})
		var loads, returned atomic.Int64
		loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
			loads.Add(1)
			into.Region = "half-way"
			<-open
			return fill(into)
		})
		outcomes := make([]outcome, 6)
		var wg sync.WaitGroup
		for i := range outcomes {
			wg.Go(func() {
				s, err := loader.Get(context.Background())
				returned.Add(1)
				outcomes[i] = outcome{s, err}
			})
		}
		synctest.Wait() // all wait, for whatever they wait for
		if n := loads.Load(); n != 1 {
			t.Errorf("%d callers came while nothing was loaded: %d loads are running, want one that all share", len(outcomes), n)
		}
		if n := returned.Load(); n != 0 {
			t.Errorf("the source has filled half of the settings, and %d callers have already got something", n)
		}
		close(open)
		wg.Wait()
		for _, got := range outcomes {
			if got.err != nil || got.settings == nil || got.settings != outcomes[0].settings {
				t.Fatalf("callers who waited for the same load got (%p, %v) and (%p, %v), want the same settings", outcomes[0].settings, outcomes[0].err, got.settings, got.err)
			}
		}
		mustBeWhole(t, "after the shared load", outcomes[0].settings, outcomes[0].err)
	})
}

func TestCallersShareAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := errors.New("connection refused")
		open := make(chan struct{})
		var loads atomic.Int64
		loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
			if loads.Add(1) == 1 {
				<-open
				return down
			}
			return fill(into)
		})
		var waiting []<-chan outcome
		for range 5 {
			waiting = append(waiting, get(loader, context.Background()))
		}
		synctest.Wait()
		close(open)
		for _, c := range waiting {
			if got := <-c; got.settings != nil || !errors.Is(got.err, down) {
				t.Errorf("5 callers waited for a load that failed: one got (%v, %v), want (nil, connection refused)", got.settings, got.err)
			}
		}
		if n := loads.Load(); n != 1 {
			t.Errorf("5 callers waited for a load that failed, and there were %d loads: those who waited share the failure, the next caller tries again", n)
		}
		s, err := loader.Get(context.Background())
		mustBeWhole(t, "after a failure that 5 callers shared", s, err)
	})
}

func TestEachLoadStartsFromZero(t *testing.T) {
	loads := 0
	var seen *settings.Settings
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		loads++
		if into == nil || into.Region != "" || into.Limits != nil {
			t.Errorf("load %d got %+v to fill, want zero settings: what a failed load has left must not get into the next one", loads, into)
			return errors.New("not zero")
		}
		if into == seen {
			t.Errorf("load %d got the same memory as the failed load before it", loads)
		}
		seen = into
		into.Limits = map[string]int{"left over": 1}
		if loads == 1 {
			return errors.New("connection lost half-way")
		}
		return fill(into)
	})
	if s, err := loader.Get(context.Background()); s != nil || err == nil {
		t.Errorf("the load failed half-way: Get returned (%v, %v), want no settings and the error", s, err)
	}
	s, err := loader.Get(context.Background())
	mustBeWhole(t, "after a load that failed half-way", s, err)
}

func TestSourceMayFailWithAContextError(t *testing.T) {
	first := true
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		if first {
			first = false
			return context.Canceled // of some context of its own
		}
		return fill(into)
	})
	if s, err := loader.Get(context.Background()); s != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("the source returned context canceled, which is an error like any other: Get returned (%v, %v)", s, err)
	}
	s, err := loader.Get(context.Background())
	mustBeWhole(t, "after a load that failed with context canceled", s, err)
}

// busy is a context whose owner calls Get on the same loader, from another goroutine, whenever somebody looks at the
// context: a caller is held up between two steps while another one runs through.
type busy struct {
	context.Context
	look func()
}

func (c busy) Done() <-chan struct{} { c.look(); return c.Context.Done() }
func (c busy) Err() error            { c.look(); return c.Context.Err() }

func TestCallerHeldUpBetweenTwoSteps(t *testing.T) {
	const patience = 2000 // turns, not time: a look may be made under a lock, and then nobody can run through
	for range 10 {
		var loads atomic.Int64
		loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
			loads.Add(1)
			return fill(into)
		})
		var others sync.WaitGroup
		ctx := busy{Context: context.Background(), look: func() {
			var through atomic.Bool
			others.Go(func() {
				loader.Get(context.Background())
				through.Store(true)
			})
			for turn := 0; turn < patience && !through.Load(); turn++ {
				runtime.Gosched()
			}
		}}
		s, err := loader.Get(ctx)
		mustBeWhole(t, "a caller was held up while another one loaded", s, err)
		others.Wait()
		if n := loads.Load(); n != 1 {
			t.Fatalf("a caller was held up between two of its steps while another one loaded: the source was called %d times. What was true before the lock must be looked at again under it", n)
		}
	}
}

func TestManyCallersManyFailures(t *testing.T) {
	const callers, each = 6, 30
	var loads, inside atomic.Int64
	down := errors.New("connection refused")
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		if n := inside.Add(1); n != 1 {
			t.Errorf("%d loads run at the same time", n)
		}
		defer inside.Add(-1)
		runtime.Gosched()
		if loads.Add(1) <= 60 {
			return down
		}
		return fill(into)
	})
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			for range each {
				s, err := loader.Get(context.Background())
				if (s == nil) == (err == nil) || err != nil && !errors.Is(err, down) {
					t.Errorf("the source fails or works, and Get returned (%v, %v)", s, err)
				}
			}
		})
	}
	wg.Wait()
	for range 61 {
		loader.Get(context.Background())
	}
	s, err := loader.Get(context.Background())
	mustBeWhole(t, "after 60 failed loads and one that worked", s, err)
	if n := loads.Load(); n != 61 {
		t.Errorf("60 loads failed and the 61st worked; there were %d", n)
	}
}
