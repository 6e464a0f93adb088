package saga_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/saga"
)

var (
	errTimeout = errors.New("no answer in time")
	errDown    = errors.New("service is down")
	refused    = fmt.Errorf("card declined: %w", saga.ErrRefused)
)

type traceKey struct{}

// world plays the services and writes down what they are asked.
type world struct {
	t      *testing.T
	mu     sync.Mutex
	calls  []string           // "Reserve", "Pay", ...
	at     []time.Duration    // when
	begin  time.Time          // of the test
	errs   map[string][]error // the answers to the next calls; then nil
	paid   bool               // what Payment says
	during map[string]func()  // what happens in the middle of a call
}

func newWorld(t *testing.T) *world {
	return &world{t: t, begin: time.Now(), errs: map[string][]error{}, during: map[string]func(){}}
}

func (w *world) call(ctx context.Context, name string) error {
	w.mu.Lock()
	w.calls = append(w.calls, name)
	w.at = append(w.at, time.Since(w.begin))
	var err error
	if errs := w.errs[name]; len(errs) > 0 {
		err, w.errs[name] = errs[0], errs[1:]
	}
	during := w.during[name]
	w.mu.Unlock()
	if name != "Reserve" && name != "Pay" {
		if ctx.Err() != nil {
			w.t.Errorf("%s was called with a context that has ended (%v). What was begun has to be brought to its end, also when the caller has gone", name, ctx.Err())
		}
		if ctx.Value(traceKey{}) != "trace-7" {
			w.t.Errorf("the context of %s has lost the values of the caller's context", name)
		}
	}
	if during != nil {
		during()
	}
	return err
}

func (w *world) Reserve(ctx context.Context, id string) error { return w.call(ctx, "Reserve") }
func (w *world) Pay(ctx context.Context, id string) error     { return w.call(ctx, "Pay") }
func (w *world) Confirm(ctx context.Context, id string) error { return w.call(ctx, "Confirm") }
func (w *world) Refund(ctx context.Context, id string) error  { return w.call(ctx, "Refund") }
func (w *world) Release(ctx context.Context, id string) error { return w.call(ctx, "Release") }
func (w *world) Payment(ctx context.Context, id string) (bool, error) {
	err := w.call(ctx, "Payment")
	return w.paid && err == nil, err
}

// expect checks what has been called.
func (w *world) expect(situation string, want ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.calls, want) {
		w.t.Errorf("%s: the services were called as\n\t%s\nwant\n\t%s", situation, strings.Join(w.calls, ", "), strings.Join(want, ", "))
	}
}

func traced(t *testing.T) context.Context {
	return context.WithValue(t.Context(), traceKey{}, "trace-7")
}

var patient = saga.Config{Attempts: 3, Pause: 2 * time.Second}

func expectErr(t *testing.T, situation string, got error, want ...error) {
	t.Helper()
	for _, want := range want {
		if !errors.Is(got, want) {
			t.Errorf("%s: Book returned the error %v, want one that matches %v", situation, got, want)
		}
	}
	if slices.Contains(want, saga.ErrUnsettled) != errors.Is(got, saga.ErrUnsettled) {
		t.Errorf("%s: Book returned %v; ErrUnsettled is for what could not be brought to an end", situation, got)
	}
}

func TestAllWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		expectErr(t, "all services work", saga.New(w, patient).Book(traced(t), "A"), nil)
		w.expect("all services work", "Reserve", "Pay", "Confirm")
	})
}

func TestPaymentRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.errs["Pay"] = []error{refused}
		expectErr(t, "the card was declined", saga.New(w, patient).Book(traced(t), "A"), refused)
		w.expect("the card was declined", "Reserve", "Pay", "Release")
	})
}

func TestPaymentTimedOut(t *testing.T) {
	for _, paid := range []bool{true, false} {
		t.Run(fmt.Sprintf("paid=%t", paid), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.errs["Pay"] = []error{errTimeout}
				w.paid = paid
				err := saga.New(w, patient).Book(traced(t), "A")
				if paid {
					expectErr(t, "Pay timed out, but the money was taken", err, nil)
					w.expect("Pay timed out, but the money was taken", "Reserve", "Pay", "Payment", "Confirm")
				} else {
					expectErr(t, "Pay timed out, and no money was taken", err, errTimeout)
					w.expect("Pay timed out, and no money was taken", "Reserve", "Pay", "Payment", "Release")
				}
			})
		})
	}
}

func TestBookedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		c := saga.New(w, patient)
		for range 3 {
			expectErr(t, "the same id again and again", c.Book(traced(t), "A"), nil)
		}
		w.expect("the same id was booked 3 times", "Reserve", "Pay", "Confirm")
	})
}
