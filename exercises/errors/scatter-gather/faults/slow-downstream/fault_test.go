package gather_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/gather"
)

// Forty calls may take 100ms and take 10s; the odd ones do not hear that they are not waited for.
func TestSlowDownstreamCostsNoMoreThanItsTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls []call
		for i := range 40 {
			do := after(10*time.Second, "late", nil)
			if i%2 == 1 {
				do = func(context.Context) (string, error) {
					time.Sleep(10 * time.Second)
					return "late", nil
				}
			}
			calls = append(calls, call{Name: fmt.Sprint("service ", i), Timeout: 100 * ms, Do: do})
		}
		calls = append(calls, call{Name: "price", Timeout: 100 * ms, Required: true, Do: after(50*ms, "19.90", nil)})
		begin := time.Now()
		got, err := gather.Gather(t.Context(), calls...)
		if took := time.Since(begin); took != 100*ms {
			t.Errorf("40 calls with a timeout of 100ms take 10s: Gather took %v, want 100ms", took)
		}
		expectValues(t, got, map[string]string{"price": "19.90"})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("40 calls have timed out: the error is %v, want one that matches context.DeadlineExceeded", err)
		}
		var failed *gather.CallError
		if !errors.As(err, &failed) || failed.Name != "service 0" {
			t.Errorf("the first call that failed is service 0: the error's first *CallError is %+v", failed)
		}
		time.Sleep(time.Minute) // those who do not listen end by themselves
		expectValues(t, got, map[string]string{"price": "19.90"})
	})
}
