package office_test

import (
	"errors"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/office"
)

// Twenty buyers fight for ten tickets, and one of every two gives a ticket back at once.
func TestRefundsUnderLoadNeverMakeTickets(t *testing.T) {
	const tickets, buyers, rounds = 10, 20, 30
	o := office.New(tickets, free)
	var kept atomic.Int64
	var done atomic.Bool
	var watching, buying sync.WaitGroup
	watching.Go(func() {
		for !done.Load() {
			if s := o.Stats(); s.Free < 0 || s.Held < 0 || s.Sold < 0 || s.Free+s.Held+s.Sold != tickets {
				t.Errorf("under load: Stats() = %+v, %d tickets in all", s, tickets)
				return
			}
			runtime.Gosched()
		}
	})
	for n := range buyers {
		buying.Go(func() {
			for range rounds {
				order, err := o.Buy(t.Context(), strconv.Itoa(n), 1)
				if errors.Is(err, office.ErrSoldOut) {
					continue
				}
				if err != nil {
					t.Errorf("Buy under load returned %v", err)
					return
				}
				if n%2 == 0 {
					kept.Add(1)
					return
				}
				if err := o.Refund(order.ID); err != nil {
					t.Errorf("Refund of order %d returned %v", order.ID, err)
				}
			}
		})
	}
	buying.Wait()
	done.Store(true)
	watching.Wait()
	wantStats(t, "all buyers have gone", o, office.Stats{Free: tickets - int(kept.Load()), Sold: int(kept.Load())})
}
