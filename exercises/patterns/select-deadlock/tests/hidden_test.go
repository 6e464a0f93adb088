package handshake_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"sandbox/handshake"
)

// lookedAt is a context that is cancelled at the moment when Done is called for the nth time: the worst moments of a
// cancellation, without a clock.
type lookedAt struct {
	context.Context
	cancel context.CancelFunc
	looks  atomic.Int64
	nth    int64
}

func cancelledAtLook(nth int64) *lookedAt {
	ctx, cancel := context.WithCancel(context.Background())
	return &lookedAt{Context: ctx, cancel: cancel, nth: nth}
}

func (c *lookedAt) Done() <-chan struct{} {
	if c.looks.Add(1) == c.nth {
		c.cancel()
	}
	return c.Context.Done()
}

type result struct {
	got int
	err error
}

func exchange(p *handshake.Peer[int], ctx context.Context, v int) <-chan result {
	c := make(chan result, 1)
	go func() {
		got, err := p.Exchange(ctx, v)
		c <- result{got, err}
	}()
	return c
}

func TestEitherSideMayComeFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := handshake.Pair[int]()
		for _, order := range []struct {
			name          string
			first, second *handshake.Peer[int]
		}{{"a first", a, b}, {"b first", b, a}} {
			first := exchange(order.first, context.Background(), 1)
			synctest.Wait() // the first is waiting now
			second := exchange(order.second, context.Background(), 2)
			if r := <-first; r.got != 2 || r.err != nil {
				t.Errorf("%s: the first side got (%d, %v), want (2, nil)", order.name, r.got, r.err)
			}
			if r := <-second; r.got != 1 || r.err != nil {
				t.Errorf("%s: the second side got (%d, %v), want (1, nil)", order.name, r.got, r.err)
			}
		}
	})
}

func TestEitherSideMayBeCancelled(t *testing.T) {
	a, b := handshake.Pair[int]()
	for name, peer := range map[string]*handshake.Peer[int]{"a": a, "b": b} {
		if got, err := peer.Exchange(cancelledAtLook(1), 7); got != 0 || !errors.Is(err, context.Canceled) {
			t.Errorf("nobody came and the context was cancelled: %s.Exchange returned (%d, %v), want (0, context canceled)", name, got, err)
		}
	}
}

func TestCancelledValueIsNeverSeen(t *testing.T) {
	a, b := handshake.Pair[int]()
	for range 20 {
		if got, err := a.Exchange(cancelledAtLook(1), 666); err == nil {
			t.Fatalf("nobody came and the context was cancelled, but Exchange returned (%d, nil)", got)
		}
	}
	fromB := exchange(b, context.Background(), 2)
	if got, err := a.Exchange(context.Background(), 1); got != 2 || err != nil {
		t.Errorf("after a cancelled round a.Exchange returned (%d, %v), want (2, nil)", got, err)
	}
	if r := <-fromB; r.got != 1 || r.err != nil {
		t.Errorf("after rounds in which a offered 666 and was cancelled, a and b exchanged 1 and 2, but b got (%d, %v): a cancelled value must not be seen in a later round", r.got, r.err)
	}
}

func TestDoneContextIsRefusedAlthoughAPartnerWaits(t *testing.T) {
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for range 40 {
		synctest.Test(t, func(t *testing.T) {
			a, b := handshake.Pair[int]()
			partner := exchange(b, context.Background(), 2)
			synctest.Wait() // b is waiting now
			got, err := a.Exchange(done, 666)
			if got != 0 || !errors.Is(err, context.Canceled) {
				t.Errorf("the context was done before the call: Exchange returned (%d, %v), want (0, context canceled)", got, err)
				return
			}
			if got, err := a.Exchange(context.Background(), 1); got != 2 || err != nil {
				t.Errorf("after a refused call, a.Exchange returned (%d, %v), want the waiting partner's (2, nil)", got, err)
			}
			if r := <-partner; r.got != 1 || r.err != nil {
				t.Errorf("the waiting partner got (%d, %v), want (1, nil): a call that was refused must not touch it", r.got, r.err)
			}
		})
		if t.Failed() {
			return
		}
	}
}

// A cancellation at the nth look at the context, while a partner is there: whatever the moment, both succeed or neither.
func TestBothOrNeither(t *testing.T) {
	for round := range 60 {
		nth := int64(1 + round%4)
		a, b := handshake.Pair[int]()
		if round%8 >= 4 {
			a, b = b, a
		}
		patient, giveUp := context.WithCancel(context.Background())
		partner := exchange(b, patient, 2)
		for range round % 3 { // sometimes the partner is waiting already, sometimes not
			runtime.Gosched()
		}
		got, err := a.Exchange(cancelledAtLook(nth), 1)
		if err == nil {
			r := <-partner
			giveUp()
			if got != 2 || r.got != 1 || r.err != nil {
				t.Fatalf("a call that offered 1 returned (%d, %v), its partner, which offered 2, returned (%d, %v)", got, err, r.got, r.err)
			}
			continue
		}
		// The partner must still be waiting for a call that means it.
		second := exchange(a, patient, 3)
		r := <-partner
		giveUp()
		r2 := <-second
		if r.got == 1 && r.err == nil {
			t.Fatalf("a call that offered 1 was cancelled in the middle of the exchange and returned (%d, %v), but its partner got the 1. Both must succeed or neither", got, err)
		}
		if r.got != 3 || r.err != nil || r2.got != 2 || r2.err != nil {
			t.Fatalf("a call was cancelled in the middle of the exchange; then 3 was offered to the partner, which offers 2: the partner returned (%d, %v) and the new call (%d, %v)", r.got, r.err, r2.got, r2.err)
		}
	}
}

func TestCancellationCollidesWithPartner(t *testing.T) {
	for round := range 200 {
		a, b := handshake.Pair[int]()
		ctx, cancel := context.WithCancel(context.Background())
		fromA, fromB := exchange(a, ctx, 1), exchange(b, ctx, 2)
		for range round % 8 {
			runtime.Gosched()
		}
		cancel()
		ra, rb := <-fromA, <-fromB
		if (ra.err == nil) != (rb.err == nil) {
			t.Fatalf("the context was cancelled while a and b exchanged: a returned (%d, %v) and b returned (%d, %v). Both must succeed or neither", ra.got, ra.err, rb.got, rb.err)
		}
	}
}

func TestTwoCallsOnOnePeerDoNotMatch(t *testing.T) {
	for range 20 {
		a, _ := handshake.Pair[int]()
		ctx, cancel := context.WithCancel(context.Background())
		first, second := exchange(a, ctx, 1), exchange(a, ctx, 2)
		for range 20 {
			runtime.Gosched()
		}
		cancel()
		for _, r := range []result{<-first, <-second} {
			if r.err == nil {
				t.Fatalf("two calls on the same peer exchanged with each other: one of them got %d", r.got)
			}
		}
	}
}

func TestManyCallersOnBothSides(t *testing.T) {
	const callers, each = 8, 40
	const perSide = callers * each
	a, b := handshake.Pair[int]()
	ctx, giveUp := context.WithCancel(context.Background()) // given up at the first mistake, or the others would wait for ever
	defer giveUp()
	gotOf := make([]int, 2*perSide+1) // by the value given: 1, 2, …, the first half by a
	give := func(p *handshake.Peer[int], v int) {
		got, err := p.Exchange(ctx, v)
		if err != nil {
			return
		}
		if got < 1 || got > 2*perSide || (got <= perSide) == (v <= perSide) {
			t.Errorf("the call that gave %d got %d, which no call on the other peer gave", v, got)
			giveUp()
			return
		}
		gotOf[v] = got
	}
	var wg sync.WaitGroup
	for caller := range callers {
		wg.Go(func() {
			for i := range each {
				give(a, 1+caller*each+i)
			}
		})
		wg.Go(func() {
			for i := range each {
				give(b, 1+perSide+caller*each+i)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	for v := 1; v < len(gotOf); v++ {
		if got := gotOf[v]; gotOf[got] != v {
			t.Fatalf("the call that gave %d got %d, but the call that gave %d got %d: calls must be matched in pairs", v, got, got, gotOf[got])
		}
	}
}
