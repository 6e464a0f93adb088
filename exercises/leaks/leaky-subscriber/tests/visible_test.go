package pubsub_test

import (
	"slices"
	"testing"

	"sandbox/pubsub"
)

// waiting receives what can be received without waiting, and reports whether the channel is closed after it.
func waiting[T any](events <-chan T) (got []T, closed bool) {
	for {
		select {
		case event, open := <-events:
			if !open {
				return got, true
			}
			got = append(got, event)
		default:
			return got, false
		}
	}
}

func mustWait(t *testing.T, who string, events <-chan int, want []int, wantClosed bool) {
	t.Helper()
	got, closed := waiting(events)
	if !slices.Equal(got, want) {
		t.Errorf("%s could receive %v without waiting, want %v", who, got, want)
	}
	if closed != wantClosed {
		t.Errorf("%s: after that the channel is closed: %v, want %v", who, closed, wantClosed)
	}
}

func mustDeliver(t *testing.T, h *pubsub.Hub[int], event, want int) {
	t.Helper()
	if got := h.Publish(event); got != want {
		t.Errorf("Publish(%d) = %d deliveries, want %d", event, got, want)
	}
}

func mustHaveSubscribers(t *testing.T, h *pubsub.Hub[int], when string, want int) {
	t.Helper()
	if got := h.Len(); got != want {
		t.Errorf("%s Len() = %d, want %d", when, got, want)
	}
}

func TestEverySubscriberGetsEveryEvent(t *testing.T) {
	h := pubsub.New[int](4)
	defer h.Close()
	mustDeliver(t, h, 1, 0)
	early, _ := h.Subscribe()
	mustDeliver(t, h, 2, 1)
	late, _ := h.Subscribe()
	mustDeliver(t, h, 3, 2)
	mustDeliver(t, h, 4, 2)
	mustWait(t, "who subscribed before 2", early, []int{2, 3, 4}, false)
	mustWait(t, "who subscribed before 3", late, []int{3, 4}, false)
	mustHaveSubscribers(t, h, "after two subscriptions", 2)
}

func TestCancelEndsTheSubscription(t *testing.T) {
	h := pubsub.New[int](4)
	defer h.Close()
	events, cancel := h.Subscribe()
	other, _ := h.Subscribe()
	mustDeliver(t, h, 1, 2)
	cancel()
	mustHaveSubscribers(t, h, "after one of two has cancelled", 1)
	mustDeliver(t, h, 2, 1)
	cancel() // again: nothing happens
	mustWait(t, "who cancelled after 1", events, []int{1}, true)
	mustWait(t, "the other", other, []int{1, 2}, false)
}

func TestSlowSubscriberIsCutOff(t *testing.T) {
	h := pubsub.New[int](2)
	defer h.Close()
	slow, cancel := h.Subscribe()
	mustDeliver(t, h, 1, 1)
	mustDeliver(t, h, 2, 1)
	fresh, _ := h.Subscribe()
	mustDeliver(t, h, 3, 1) // two events wait for the slow one: only the other gets this
	mustHaveSubscribers(t, h, "after one of two was cut off", 1)
	mustWait(t, "who did not read", slow, []int{1, 2}, true)
	mustWait(t, "the other", fresh, []int{3}, false)
	cancel() // nothing happens
	mustHaveSubscribers(t, h, "after a late cancel", 1)
}

func TestCloseEndsEverySubscription(t *testing.T) {
	h := pubsub.New[int](4)
	a, cancel := h.Subscribe()
	b, _ := h.Subscribe()
	mustDeliver(t, h, 1, 2)
	h.Close()
	h.Close() // again: nothing happens
	cancel()  // and nothing happens either
	mustHaveSubscribers(t, h, "after Close", 0)
	mustDeliver(t, h, 2, 0)
	mustWait(t, "a subscriber of a closed hub", a, []int{1}, true)
	mustWait(t, "the other one", b, []int{1}, true)
}
