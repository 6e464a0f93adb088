package office_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/office"
)

var errDeclined = errors.New("declined")

// Thirty buyers come for thirty tickets while each charge takes a minute; ten are declined, and their tickets are free again.
func TestSlowPaymentsHoldUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := office.New(30, func(_ context.Context, buyer string, _ int) error {
			time.Sleep(time.Minute)
			if n, _ := strconv.Atoi(buyer); n%3 == 0 {
				return errDeclined
			}
			return nil
		})
		var sold, declined atomic.Int64
		var buyers sync.WaitGroup
		for n := range 30 {
			buyers.Go(func() {
				switch _, err := o.Buy(t.Context(), strconv.Itoa(n), 1); {
				case err == nil:
					sold.Add(1)
				case errors.Is(err, errDeclined):
					declined.Add(1)
				default:
					t.Errorf("30 tickets, 30 buyers: Buy returned %v", err)
				}
			})
		}
		synctest.Wait()
		wantStats(t, "30 charges are running", o, office.Stats{Held: 30})
		begin := time.Now()
		buyers.Wait()
		if took := time.Since(begin); took > time.Minute {
			t.Errorf("30 charges of a minute each took %v: they waited for each other", took)
		}
		if sold.Load() != 20 || declined.Load() != 10 {
			t.Errorf("every third of 30 buyers is declined: %d bought, %d were declined", sold.Load(), declined.Load())
		}
		wantStats(t, "20 of 30 tickets were paid", o, office.Stats{Free: 10, Sold: 20})
	})
}
