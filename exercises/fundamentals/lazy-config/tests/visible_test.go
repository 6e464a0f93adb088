package settings_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"sandbox/settings"
)

// fill is what a source does that succeeds.
func fill(into *settings.Settings) error {
	into.Region = "eu-west"
	into.Limits = map[string]int{"seats": 6}
	return nil
}

// mustBeWhole fails the test unless Get has returned what fill gives.
func mustBeWhole(t *testing.T, when string, s *settings.Settings, err error) {
	t.Helper()
	switch {
	case err != nil || s == nil:
		t.Fatalf("%s: Get returned (%v, %v), want the settings", when, s, err)
	case s.Region != "eu-west" || s.Limits["seats"] != 6:
		t.Fatalf("%s: Get returned settings that are not whole: %+v", when, *s)
	}
}

func TestLoadsOnFirstUseOnly(t *testing.T) {
	var loads atomic.Int64
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		loads.Add(1)
		return fill(into)
	})
	if n := loads.Load(); n != 0 {
		t.Errorf("NewLoader called the source %d times; the first Get should", n)
	}
	first, err := loader.Get(context.Background())
	mustBeWhole(t, "first use", first, err)
	second, err := loader.Get(context.Background())
	mustBeWhole(t, "second use", second, err)
	if first != second {
		t.Errorf("two calls of Get returned two different pointers: %p and %p", first, second)
	}
	if n := loads.Load(); n != 1 {
		t.Errorf("two calls of Get called the source %d times, want once", n)
	}
}

// A caller that comes after the load, without having waited for it: nothing but Get itself may tell it that the settings
// are there.
func TestLateCallerSeesWholeSettings(t *testing.T) {
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error { return fill(into) })
	var b baton
	late := make(chan struct{})
	go func() {
		defer close(late)
		b.wait()
		s, err := loader.Get(context.Background())
		if err != nil || s == nil || s.Region != "eu-west" || s.Limits["seats"] != 6 {
			t.Errorf("the settings were loaded, and a later Get returned (%+v, %v)", s, err)
		}
	}()
	if _, err := loader.Get(context.Background()); err != nil {
		t.Errorf("Get returned the error %v", err)
	}
	b.pass()
	<-late
}

func TestFailedLoadIsTriedAgain(t *testing.T) {
	down := errors.New("connection refused")
	var loads atomic.Int64
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		if loads.Add(1) < 3 {
			return down
		}
		return fill(into)
	})
	for n := range 2 {
		if s, err := loader.Get(context.Background()); s != nil || !errors.Is(err, down) {
			t.Errorf("load %d failed: Get returned (%v, %v), want (nil, connection refused)", n+1, s, err)
		}
	}
	s, err := loader.Get(context.Background())
	mustBeWhole(t, "the source failed twice and then worked", s, err)
	if n := loads.Load(); n != 3 {
		t.Errorf("two failures and a success are 3 loads; there were %d", n)
	}
}

func TestStarterOfALoadMayGiveUp(t *testing.T) {
	entered, open := make(chan struct{}, 10), make(chan struct{})
	loader := settings.NewLoader(func(_ context.Context, into *settings.Settings) error {
		entered <- struct{}{}
		<-open
		return fill(into)
	})
	ctx, cancel := context.WithCancel(context.Background())
	given := make(chan error, 1)
	go func() {
		_, err := loader.Get(ctx)
		given <- err
	}()
	<-entered // the load that this call has started is running
	cancel()
	if err := <-given; !errors.Is(err, context.Canceled) {
		t.Errorf("the context was cancelled during the load: Get returned the error %v, want context canceled", err)
	}
	close(open)
	s, err := loader.Get(context.Background())
	mustBeWhole(t, "the caller who started the load gave up, the load went on", s, err)
}
