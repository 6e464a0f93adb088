package hedge_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/hedge"
)

func answers(value string) hedge.Call[string] {
	return func(context.Context) (string, error) { return value, nil }
}

func fails(err error) hedge.Call[string] {
	return func(context.Context) (string, error) { return "", err }
}

func TestFirstSuccessWins(t *testing.T) {
	slow := make(chan struct{})
	finished := make(chan struct{})
	got, err := hedge.First(t.Context(), 0,
		func(context.Context) (string, error) {
			defer close(finished)
			<-slow // slower than the other, and deaf to its context
			return "slow", nil
		},
		answers("fast"),
	)
	if got != "fast" || err != nil {
		t.Errorf(`First returned (%q, %v), want ("fast", nil)`, got, err)
	}
	close(slow)
	<-finished // the loser's call has returned: its goroutine has nothing left to do
}

func TestFailureIsNotAWin(t *testing.T) {
	got, err := hedge.First(t.Context(), 0, fails(errors.New("no route")), answers("good"))
	if got != "good" || err != nil {
		t.Errorf(`one call failed and one succeeded: First returned (%q, %v), want ("good", nil)`, got, err)
	}
}

func TestSecondCallWaitsForTheDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time is virtual in here
		defer time.Sleep(time.Hour) // whoever is still running comes to an end
		begin := time.Now()
		var startedAt time.Duration
		got, err := hedge.First(t.Context(), 10*time.Millisecond,
			func(context.Context) (string, error) {
				time.Sleep(15 * time.Millisecond)
				return "", errors.New("overloaded")
			},
			func(context.Context) (string, error) {
				startedAt = time.Since(begin)
				time.Sleep(20 * time.Millisecond)
				return "second", nil
			},
		)
		if got != "second" || err != nil {
			t.Errorf(`First returned (%q, %v), want ("second", nil)`, got, err)
		}
		if startedAt != 10*time.Millisecond {
			t.Errorf("with a delay of 10ms the second call was started after %v", startedAt)
		}
	})
}

func TestNoCalls(t *testing.T) {
	if _, err := hedge.First[string](t.Context(), 0); !errors.Is(err, hedge.ErrNoCalls) {
		t.Errorf("First without calls returned the error %v, want ErrNoCalls", err)
	}
}
