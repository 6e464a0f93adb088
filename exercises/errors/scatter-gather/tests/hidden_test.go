package gather_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/gather"
)

// deaf is a call that ignores its context until it is released.
type deaf struct {
	entered chan struct{}
	release chan struct{}
	running sync.WaitGroup
}

func newDeaf(calls int) *deaf {
	return &deaf{entered: make(chan struct{}, calls), release: make(chan struct{})}
}

func (d *deaf) do(context.Context) (string, error) {
	d.running.Add(1)
	defer d.running.Done()
	d.entered <- struct{}{}
	<-d.release
	return "late", nil
}

func (d *deaf) crash(ctx context.Context) (string, error) {
	d.do(ctx)
	panic("late crash")
}

// Runs first, so that whatever it leaves behind has the rest of the run to settle.
func TestNobodyWaitsForTheDeaf(t *testing.T) {
	for range 5 {
		d := newDeaf(3)
		ctx, cancel := context.WithCancel(t.Context())
		got, err := gather.Gather(ctx,
			call{Name: "one", Do: d.do},
			call{Name: "two", Do: d.do},
			call{Name: "three", Do: d.crash},
			call{Name: "four", Do: func(context.Context) (string, error) {
				for range 3 {
					<-d.entered
				}
				cancel()
				return "", errDown
			}},
		)
		close(d.release) // now the three return, while we look at what we got
		if len(got) != 0 || got["one"] != "" || got == nil {
			t.Errorf("the caller gave up while 3 calls were running and the fourth failed: the map is %v, want it empty", got)
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the caller gave up: the error is %q, want one that matches context.Canceled", text(err))
		}
		d.running.Wait()
	}
}

func TestNothingIsLeftAfterARequiredCallFailed(t *testing.T) {
	for range 5 {
		d := newDeaf(2)
		got, err := gather.Gather(t.Context(),
			call{Name: "one", Do: d.do},
			call{Name: "two", Do: d.do},
			call{Name: "price", Required: true, Do: func(context.Context) (string, error) {
				<-d.entered
				<-d.entered
				return "", errDown
			}},
		)
		close(d.release)
		if got != nil || !errors.Is(err, errDown) {
			t.Errorf("a required call failed: Gather returned (%v, %q)", got, text(err))
		}
		d.running.Wait()
	}
}

func TestContextsAreDoneWhenGatherReturns(t *testing.T) {
	for _, required := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			var seen []context.Context
			note := func(do func(context.Context) (string, error)) func(context.Context) (string, error) {
				return func(ctx context.Context) (string, error) {
					mu.Lock()
					seen = append(seen, ctx)
					mu.Unlock()
					return do(ctx)
				}
			}
			gather.Gather(t.Context(),
				call{Name: "one", Do: note(after(10*ms, "1", nil))},
				call{Name: "two", Timeout: time.Hour, Do: note(after(10*ms, "2", nil))},
				call{Name: "three", Required: required, Do: note(after(20*ms, "", errDown))},
			)
			mu.Lock()
			defer mu.Unlock()
			if len(seen) != 3 {
				t.Errorf("3 calls, and %d were started", len(seen))
			}
			for _, ctx := range seen {
				if ctx.Err() == nil {
					t.Errorf("Gather has returned (required call failed: %v), and the context of a call is not done: whatever hangs on it stays", required)
				}
			}
		})
	}
}

func TestTimeoutsNeedNoHelp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var told time.Duration
		got, err := gather.Gather(t.Context(),
			call{Name: "deaf", Timeout: 20 * ms, Do: func(ctx context.Context) (string, error) {
				context.AfterFunc(ctx, func() { told = time.Since(begin) })
				time.Sleep(time.Minute)
				return "late", nil
			}},
			call{Name: "quick", Timeout: 30 * ms, Do: after(25*ms, "on time", nil)},
			call{Name: "none", Timeout: -1, Do: after(90*ms, "no limit", nil)},
		)
		if took := time.Since(begin); took != 90*ms {
			t.Errorf("a deaf call with a time-out of 20ms, others that take 25ms and 90ms: Gather took %v, want 90ms", took)
		}
		synctest.Wait()
		if told != 20*ms {
			t.Errorf("the time-out is 20ms, and the context of the call was done after %v", told)
		}
		expectValues(t, got, map[string]string{"quick": "on time", "none": "no limit"})
		var failed *gather.CallError
		if !errors.As(err, &failed) || failed.Name != "deaf" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %q, want a CallError of deaf that matches context.DeadlineExceeded", text(err))
		}
		time.Sleep(time.Hour) // virtual: the deaf call comes to its end
		expectValues(t, got, map[string]string{"quick": "on time", "none": "no limit"})
	})
}

func TestCallerGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 50*ms)
		defer cancel()
		got, err := gather.Gather(ctx,
			call{Name: "slow", Timeout: time.Hour, Do: after(time.Minute, "late", nil)},
			call{Name: "quick", Do: after(10*ms, "on time", nil)},
			call{Name: "deaf", Do: func(context.Context) (string, error) {
				time.Sleep(time.Minute)
				return "late", nil
			}},
		)
		if took := time.Since(begin); took != 50*ms {
			t.Errorf("the caller's context ended after 50ms, and Gather took %v", took)
		}
		expectValues(t, got, map[string]string{"quick": "on time"})
		if want := "slow: context deadline exceeded\ndeaf: context deadline exceeded"; text(err) != want {
			t.Errorf("the caller's context ended while slow and deaf were running: the error is %q, want %q", text(err), want)
		}
		time.Sleep(time.Hour) // virtual: the deaf call comes to its end
	})
}

func TestRequiredCallsEndWithTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		got, err := gather.Gather(t.Context(),
			call{Name: "quick", Do: after(10*ms, "on time", nil)},
			call{Name: "price", Timeout: 20 * ms, Required: true, Do: after(time.Minute, "late", nil)},
			call{Name: "stock", Do: after(time.Minute, "late", nil)},
		)
		if took := time.Since(begin); got != nil || took != 20*ms || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a required call exceeded its time-out of 20ms: Gather returned (%v, %q) after %v, want a nil map and an error that matches context.DeadlineExceeded after 20ms", got, text(err), took)
		}
	})
}

func TestRequiredCallSucceeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got, err := gather.Gather(t.Context(),
			call{Name: "price", Required: true, Do: after(20*ms, "19.90", nil)},
			call{Name: "reviews", Do: after(10*ms, "", errDown)},
			call{Name: "stock", Required: true, Do: after(30*ms, "3 left", nil)},
		)
		expectValues(t, got, map[string]string{"price": "19.90", "stock": "3 left"})
		if text(err) != "reviews: down" {
			t.Errorf("one call that is not required failed: the error is %q, want %q", text(err), "reviews: down")
		}
	})
}

func TestCrashesAreErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got, err := gather.Gather(t.Context(),
			call{Name: "panics", Do: func(context.Context) (string, error) { panic("kettle is nil") }},
			call{Name: "exits", Do: func(context.Context) (string, error) {
				runtime.Goexit()
				return "", nil
			}},
			call{Name: "price", Do: after(10*ms, "19.90", nil)},
		)
		expectValues(t, got, map[string]string{"price": "19.90"})
		lines := strings.Split(text(err), "\n")
		if !errors.Is(err, gather.ErrCrashed) || len(lines) != 2 || !strings.HasPrefix(lines[0], "panics: ") || !strings.Contains(lines[0], "kettle is nil") || !strings.HasPrefix(lines[1], "exits: ") {
			t.Errorf("one call panicked with %q and one ended its goroutine: the error is %q, want a CallError of each that matches ErrCrashed, the first with the panic's value", "kettle is nil", text(err))
		}
	})
}

// Many calls fail at the same moment. They share nothing: nothing else orders their steps.
func TestManyCallsAtOnce(t *testing.T) {
	const n = 40
	for range 5 {
		var calls []call
		var want []string
		for i := range n {
			name := fmt.Sprintf("call-%02d", i)
			if i%2 == 0 {
				calls = append(calls, call{Name: name, Do: func(context.Context) (string, error) { return name, nil }})
				continue
			}
			calls = append(calls, call{Name: name, Do: func(context.Context) (string, error) { return "ignored", errDown }})
			want = append(want, name+": down")
		}
		got, err := gather.Gather(t.Context(), calls...)
		if len(got) != n/2 {
			t.Errorf("%d of %d calls succeeded, and the map has %d values", n/2, n, len(got))
		}
		for name, value := range got {
			if name != value {
				t.Errorf("the value of %s is %q", name, value)
			}
		}
		if text(err) != strings.Join(want, "\n") {
			t.Errorf("every second of %d calls failed: the error is %q, want one line for each, in the order of the calls", n, text(err))
		}
	}
}

func TestOrderOfErrorsIsTheOrderOfCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := gather.Gather(t.Context(),
			call{Name: "a", Do: after(30*ms, "", errDown)},
			call{Name: "b", Do: after(10*ms, "", errDown)},
			call{Name: "c", Do: after(20*ms, "", errDown)},
		)
		if want := "a: down\nb: down\nc: down"; text(err) != want {
			t.Errorf("calls a, b, c failed after 30ms, 10ms, 20ms: the error is %q, want %q", text(err), want)
		}
	})
}

func TestNamesAreUnique(t *testing.T) {
	started := make(chan struct{}, 3)
	do := func(context.Context) (string, error) {
		started <- struct{}{}
		return "", nil
	}
	_, err := gather.Gather(t.Context(), call{Name: "a", Do: do}, call{Name: "b", Do: do}, call{Name: "a", Do: do})
	if !errors.Is(err, gather.ErrNames) || len(started) != 0 {
		t.Errorf("two calls are named a: the error is %q and %d calls were started, want ErrNames and none", text(err), len(started))
	}
}

func TestNoCalls(t *testing.T) {
	got, err := gather.Gather[string](t.Context())
	if err != nil || got == nil || len(got) != 0 {
		t.Errorf("Gather without calls returned (%v, %v), want an empty map and nil", got, err)
	}
}

func TestContextIsDerived(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace-7")
	got, err := gather.Gather(ctx, call{Name: "a", Timeout: time.Hour, Do: func(ctx context.Context) (string, error) {
		value, _ := ctx.Value(key{}).(string)
		return value, nil
	}})
	if got["a"] != "trace-7" || err != nil {
		t.Errorf("the call looked up a value of the caller's context and found %q (error: %v)", got["a"], err)
	}
}
