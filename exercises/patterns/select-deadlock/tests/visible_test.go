package handshake_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"sandbox/handshake"
)

func TestTwoPeersExchange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := handshake.Pair[string]()

		var gotB string
		var errB error
		done := make(chan struct{})
		go func() {
			defer close(done)
			gotB, errB = b.Exchange(context.Background(), "from b")
		}()
		gotA, errA := a.Exchange(context.Background(), "from a")
		<-done

		if gotA != "from b" || errA != nil {
			t.Errorf(`a.Exchange returned (%q, %v), want ("from b", nil)`, gotA, errA)
		}
		if gotB != "from a" || errB != nil {
			t.Errorf(`b.Exchange returned (%q, %v), want ("from a", nil)`, gotB, errB)
		}
	})
}

func TestManyRounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := handshake.Pair[int]()
		const rounds = 50

		done := make(chan struct{})
		go func() {
			defer close(done)
			for round := range rounds {
				if got, err := b.Exchange(context.Background(), -round); got != round || err != nil {
					t.Errorf("round %d: b.Exchange returned (%d, %v), want (%d, nil)", round, got, err, round)
				}
			}
		}()
		for round := range rounds {
			if got, err := a.Exchange(context.Background(), round); got != -round || err != nil {
				t.Errorf("round %d: a.Exchange returned (%d, %v), want (%d, nil)", round, got, err, -round)
			}
		}
		<-done
	})
}

func TestCancelledWhileWaiting(t *testing.T) {
	a, _ := handshake.Pair[int]()
	// Cancelled as soon as the call looks at it, so that the test does not have to guess when the call waits.
	ctx := cancelledAtLook(1)

	if got, err := a.Exchange(ctx, 7); got != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("nobody came and the context was cancelled: Exchange returned (%d, %v), want (0, context canceled)", got, err)
	}
}
