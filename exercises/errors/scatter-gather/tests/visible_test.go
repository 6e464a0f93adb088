package gather_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/gather"
)

type call = gather.Call[string]

const ms = time.Millisecond

var errDown = errors.New("down")

// after is a call that takes d, unless its context ends before that.
func after(d time.Duration, value string, err error) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		select {
		case <-time.After(d):
			return value, err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// text is for errors that may be nil where they should not.
func text(err error) string {
	if err == nil {
		return "<nil>"
	}
	return err.Error()
}

func expectValues(t *testing.T, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) || got == nil {
		t.Errorf("the map is %v, want %v", got, want)
	}
}

func TestAllAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		got, err := gather.Gather(t.Context(),
			call{Name: "price", Do: after(30*ms, "19.90", nil)},
			call{Name: "stock", Timeout: 50 * ms, Do: after(40*ms, "3 left", nil)},
			call{Name: "reviews", Do: after(20*ms, "good", nil)},
		)
		if err != nil {
			t.Errorf("all calls succeeded, and the error is %v", err)
		}
		expectValues(t, got, map[string]string{"price": "19.90", "stock": "3 left", "reviews": "good"})
		if took := time.Since(begin); took != 40*ms {
			t.Errorf("calls of 30ms, 40ms and 20ms, all at once: Gather took %v, want 40ms", took)
		}
	})
}

func TestPartialAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		got, err := gather.Gather(t.Context(),
			call{Name: "reviews", Timeout: 50 * ms, Do: after(time.Hour, "too late", nil)},
			call{Name: "price", Do: after(80*ms, "19.90", nil)},
			call{Name: "stock", Do: after(10*ms, "", errDown)},
		)
		expectValues(t, got, map[string]string{"price": "19.90"})
		if took := time.Since(begin); took != 80*ms {
			t.Errorf("the last call ended after 80ms, the slow one had a time-out of 50ms: Gather took %v", took)
		}
		if want := "reviews: context deadline exceeded\nstock: down"; text(err) != want {
			t.Errorf("the error is %q, want %q: one for each call that failed, in the order of the calls", text(err), want)
		}
		if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, errDown) {
			t.Errorf("errors.Is does not find both causes in %q", text(err))
		}
	})
}

func TestRequiredCallFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		got, err := gather.Gather(t.Context(),
			call{Name: "reviews", Do: after(5*ms, "good", nil)},
			call{Name: "price", Required: true, Do: after(10*ms, "", errDown)},
			call{Name: "stock", Do: after(time.Hour, "3 left", nil)},
		)
		var failed *gather.CallError
		if got != nil || !errors.As(err, &failed) || failed.Name != "price" || !errors.Is(err, errDown) {
			t.Errorf("a required call failed: Gather returned (%v, %q), want a nil map and an error with the CallError of price", got, text(err))
		}
		if took := time.Since(begin); took != 10*ms {
			t.Errorf("a required call failed after 10ms, and Gather took %v", took)
		}
	})
}
