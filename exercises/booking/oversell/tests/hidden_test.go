package office_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/office"
)

func TestRefundCountsOnce(t *testing.T) {
	o := office.New(10, free)
	order := mustBuy(t, o, "ada", 3)
	mustBuy(t, o, "bob", 3)
	if err := o.Refund(order.ID); err != nil {
		t.Errorf("the first Refund of an order returned %v", err)
	}
	if err := o.Refund(order.ID); !errors.Is(err, office.ErrUnknownOrder) {
		t.Errorf("the second Refund of an order returned %v, want ErrUnknownOrder", err)
	}
	wantStats(t, "10 tickets, two orders of 3, one of them refunded twice", o, office.Stats{Free: 7, Sold: 3})
	if err := o.Refund(-1); !errors.Is(err, office.ErrUnknownOrder) {
		t.Errorf("Refund(-1) returned %v, want ErrUnknownOrder", err)
	}
}

func TestOrdersNeverShareAnID(t *testing.T) {
	o := office.New(10, free)
	seen := map[int]string{}
	note := func(order office.Order) {
		if other, ok := seen[order.ID]; ok {
			t.Fatalf("the order of %s has the ID %d, which the order of %s had before: a refund of one would hit the other", order.Buyer, order.ID, other)
		}
		seen[order.ID] = order.Buyer
	}
	first := mustBuy(t, o, "ada", 1)
	note(first)
	note(mustBuy(t, o, "bob", 1))
	if err := o.Refund(first.ID); err != nil {
		t.Errorf("Refund returned %v", err)
	}
	note(mustBuy(t, o, "cleo", 1))
	note(mustBuy(t, o, "dan", 1))
}

func TestFailedPaymentFreesTheTickets(t *testing.T) {
	declined := errors.New("card declined")
	o := office.New(5, func(_ context.Context, buyer string, _ int) error {
		if buyer == "broke" {
			return declined
		}
		return nil
	})
	order, err := o.Buy(t.Context(), "broke", 5)
	if !errors.Is(err, declined) || order != (office.Order{}) {
		t.Errorf("the charge failed: Buy returned (%+v, %v), want the zero Order and an error that matches that of the charge", order, err)
	}
	wantStats(t, "5 tickets, and the only payment was declined", o, office.Stats{Free: 5})
	mustBuy(t, o, "ada", 5)
}

func TestPanickingPaymentFreesTheTickets(t *testing.T) {
	broken := errors.New("terminal on fire")
	o := office.New(5, func(context.Context, string, int) error { panic(broken) })
	func() {
		defer func() {
			if got := recover(); got != any(broken) {
				t.Errorf("the charge panicked with %q: the caller of Buy got the panic %v", broken, got)
			}
		}()
		o.Buy(t.Context(), "ada", 2)
	}()
	wantStats(t, "5 tickets, and the only charge panicked", o, office.Stats{Free: 5})
}

func TestPaidIsSold(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := office.New(5, func(context.Context, string, int) error {
		cancel() // the browser is closed while the bank says yes
		return nil
	})
	if _, err := o.Buy(ctx, "ada", 2); err != nil {
		t.Errorf("the charge succeeded, and the context ended in the same moment: Buy returned %v. The money is taken, so the tickets are sold", err)
	}
	wantStats(t, "5 tickets, 2 paid for", o, office.Stats{Free: 3, Sold: 2})
}

func TestChargeGetsWhatBuyGot(t *testing.T) {
	type key struct{}
	calls := 0
	o := office.New(5, func(ctx context.Context, buyer string, tickets int) error {
		calls++
		if ctx.Value(key{}) != "trace-7" || buyer != "ada" || tickets != 2 {
			t.Errorf(`Buy(ctx, "ada", 2) called Charge with %q and %d, and the context's value is %v`, buyer, tickets, ctx.Value(key{}))
		}
		return nil
	})
	if _, err := o.Buy(context.WithValue(t.Context(), key{}, "trace-7"), "ada", 2); err != nil || calls != 1 {
		t.Errorf("Buy returned %v after %d charges, want nil after 1", err, calls)
	}
}

func TestWishesThatMakeNoSense(t *testing.T) {
	charged := 0
	o := office.New(5, func(context.Context, string, int) error {
		charged++
		return nil
	})
	for _, tickets := range []int{0, -1, math.MinInt} {
		if _, err := o.Buy(t.Context(), "ada", tickets); !errors.Is(err, office.ErrCount) {
			t.Errorf("Buy of %d tickets returned %v, want ErrCount", tickets, err)
		}
	}
	mustBuy(t, o, "ada", 1)
	for _, tickets := range []int{5, math.MaxInt} {
		if _, err := o.Buy(t.Context(), "ada", tickets); !errors.Is(err, office.ErrSoldOut) {
			t.Errorf("4 tickets are free: Buy of %d returned %v, want ErrSoldOut", tickets, err)
		}
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.Buy(done, "ada", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Buy with a context that is done returned %v, want context canceled", err)
	}
	wantStats(t, "5 tickets, 1 bought, six wishes refused", o, office.Stats{Free: 4, Sold: 1})
	if charged != 1 {
		t.Errorf("one purchase and six refusals: %d charges", charged)
	}
}

func TestNobodyWaitsForAnothersPayment(t *testing.T) {
	slow := make(chan struct{})
	paying := make(chan struct{})
	o := office.New(10, func(_ context.Context, buyer string, _ int) error {
		if buyer == "slow" {
			close(paying)
			<-slow
		}
		return nil
	})
	var wg sync.WaitGroup
	wg.Go(func() { o.Buy(t.Context(), "slow", 4) })
	<-paying
	order := mustBuy(t, o, "ada", 6)
	wantStats(t, "10 tickets, 6 bought while another buyer is being charged for 4", o, office.Stats{Held: 4, Sold: 6})
	if _, err := o.Buy(t.Context(), "bob", 1); !errors.Is(err, office.ErrSoldOut) {
		t.Errorf("10 tickets, 6 sold and 4 held: Buy returned %v, want ErrSoldOut", err)
	}
	if err := o.Refund(order.ID); err != nil {
		t.Errorf("Refund while another buyer is being charged returned %v", err)
	}
	close(slow)
	wg.Wait()
	wantStats(t, "10 tickets, 4 sold and 6 refunded", o, office.Stats{Free: 6, Sold: 4})
}

// onProcessors is for tests that look for an unlucky interleaving.
func onProcessors(t *testing.T, processors int) {
	before := runtime.GOMAXPROCS(processors)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// crowd is a number of buyers who look at their contexts. Whoever looks first waits a while for the others.
type crowd struct {
	size int64
	here atomic.Int64 // have looked at their context, or have their answer
}

// member is a context of one buyer of the crowd. A look at it lets the others come up, but never blocks for good:
// a solution may hold its lock meanwhile.
type member struct {
	context.Context
	crowd  *crowd
	looked *atomic.Bool
}

func (c *crowd) member(ctx context.Context) member {
	return member{Context: ctx, crowd: c, looked: new(atomic.Bool)}
}

func (m member) arrive() {
	if m.looked.CompareAndSwap(false, true) {
		m.crowd.here.Add(1)
	}
}

func (m member) Err() error {
	m.arrive()
	for range 100 {
		if m.crowd.here.Load() == m.crowd.size {
			break
		}
		runtime.Gosched()
	}
	return m.Context.Err()
}

func TestHundredsOfBuyersOfTheLastTickets(t *testing.T) {
	onProcessors(t, 1) // whoever yields, yields to all the others
	const tickets, buyers = 10, 300
	var charged, confirmed atomic.Int64
	o := office.New(tickets, func(context.Context, string, int) error {
		charged.Add(1)
		return nil
	})
	crowd := &crowd{size: buyers}
	doors := make(chan struct{})
	var wg sync.WaitGroup
	for range buyers {
		wg.Go(func() {
			ctx := crowd.member(t.Context())
			defer ctx.arrive()
			<-doors
			if _, err := o.Buy(ctx, "fan", 1); err == nil {
				confirmed.Add(1)
			} else if !errors.Is(err, office.ErrSoldOut) {
				t.Errorf("Buy returned %v, want nil or ErrSoldOut", err)
			}
		})
	}
	close(doors)
	wg.Wait()
	if confirmed.Load() != tickets || charged.Load() != tickets {
		t.Errorf("%d buyers raced for %d tickets: %d were charged and %d purchases were confirmed. To look and to take must be one step", buyers, tickets, charged.Load(), confirmed.Load())
	}
	wantStats(t, "10 tickets after the rush", o, office.Stats{Sold: tickets})
}

// Buyers buy and give back, and nobody stops before all have had their turns. Whoever pays counts the tickets that are
// paid for at that moment: there is no instant at which it may be more than there are.
func TestNeverMoreThanThereAre(t *testing.T) {
	onProcessors(t, 4)
	const tickets, buyers, rounds, each = 2, 4, 3, 25
	var out, turns atomic.Int64
	o := office.New(tickets, func(context.Context, string, int) error {
		if n := out.Add(1); n > tickets {
			t.Errorf("there are %d tickets, and %d are sold or being paid for", tickets, n)
		}
		runtime.Gosched()
		return nil
	})
	var wg sync.WaitGroup
	for range buyers {
		wg.Go(func() {
			for round := range int64(rounds) {
				for try := 1; try <= each || turns.Load() < buyers*(round+1); try++ {
					if order, err := o.Buy(t.Context(), "fan", 1); err == nil {
						out.Add(-1)
						if err := o.Refund(order.ID); err != nil {
							t.Errorf("Refund of an order that was just bought failed: %v", err)
						}
					}
					if s := o.Stats(); s.Free < 0 || s.Held < 0 || s.Sold < 0 || s.Free+s.Held+s.Sold != tickets {
						t.Errorf("an office of %d tickets says %+v: the figures are not of one moment, or tickets came or went", tickets, s)
					}
					if try == each {
						turns.Add(1)
					}
					if t.Failed() {
						return
					}
				}
			}
		})
	}
	wg.Wait()
	if !t.Failed() {
		wantStats(t, "2 tickets, and everything was given back", o, office.Stats{Free: tickets})
	}
}

func TestOneOfManyRefundsWins(t *testing.T) {
	onProcessors(t, 4)
	for range 20 {
		o := office.New(4, free)
		order := mustBuy(t, o, "ada", 2)
		mustBuy(t, o, "bob", 2)
		var wins atomic.Int64
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if o.Refund(order.ID) == nil {
					wins.Add(1)
				}
			})
		}
		wg.Wait()
		if n := wins.Load(); n != 1 {
			t.Fatalf("4 goroutines refunded one order at once and %d were told that it worked", n)
		}
		wantStats(t, "4 tickets, two orders of 2, one of them refunded", o, office.Stats{Free: 2, Sold: 2})
	}
}
