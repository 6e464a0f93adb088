package pubsub_test

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/pubsub"
)

// Whoever goes without reading leaves nothing behind, whichever way it goes.
func TestReadersThatLeave(t *testing.T) {
	for range 5 {
		h := pubsub.New[int](3)
		_, cancel := h.Subscribe() // will cancel
		h.Subscribe()              // will be cut off
		h.Publish(1)
		h.Publish(2)
		cancel()
		h.Publish(3)
		h.Publish(4)
		h.Subscribe() // will be there at Close
		h.Publish(5)
		h.Publish(6)
		h.Close()
		h.Subscribe() // too late
	}
}

func TestSubscribeAfterClose(t *testing.T) {
	h := pubsub.New[int](2)
	h.Close()
	events, cancel := h.Subscribe()
	mustHaveSubscribers(t, h, "after Close and Subscribe", 0)
	mustDeliver(t, h, 1, 0)
	mustWait(t, "who came after Close", events, nil, true)
	cancel()
	cancel()
}

func TestSubscriptionsAreForgotten(t *testing.T) {
	h := pubsub.New[int](1)
	defer h.Close()
	for range 50 {
		_, cancel := h.Subscribe()
		cancel()
		h.Subscribe() // cut off by the second event
		h.Publish(1)
		h.Publish(2)
	}
	mustHaveSubscribers(t, h, "after 50 were cancelled and 50 were cut off", 0)
}

func TestReadersEndWithTheHub(t *testing.T) {
	h := pubsub.New[int](8)
	var wg sync.WaitGroup
	var sum atomic.Int64
	for range 3 {
		events, cancel := h.Subscribe()
		wg.Go(func() {
			defer cancel()
			for event := range events {
				sum.Add(int64(event))
			}
		})
	}
	for event := range 5 {
		mustDeliver(t, h, event, 3)
	}
	h.Close()
	wg.Wait() // all readers see the end
	if sum.Load() != 30 {
		t.Errorf("three readers summed up 0 to 4 and got %d in all, want 30", sum.Load())
	}
}

// A full and a reading subscriber: the first must not stop the second.
func TestSlowSubscriberStopsNobody(t *testing.T) {
	h := pubsub.New[int](2)
	defer h.Close()
	slow, _ := h.Subscribe()
	quick, _ := h.Subscribe()
	var got []int
	for event := range 10 {
		h.Publish(event)
		more, closed := waiting(quick)
		if closed {
			t.Fatalf("a subscriber that reads every event at once was cut off after event %d", event)
		}
		got = append(got, more...)
	}
	if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(got, want) {
		t.Errorf("a subscriber that reads every event at once got %v, want %v", got, want)
	}
	mustWait(t, "who did not read", slow, []int{0, 1}, true)
}

// collide runs two steps at the same time; sometimes the one is ahead, sometimes the other.
func collide(round int, one, other func()) {
	var wg sync.WaitGroup
	if round%2 == 1 {
		one, other = other, one
	}
	wg.Go(func() {
		for range round % 12 {
			runtime.Gosched()
		}
		one()
	})
	wg.Go(other)
	wg.Wait()
}

func TestCancelDuringPublish(t *testing.T) {
	for round := range 60 {
		h := pubsub.New[int](1)
		events, cancel := h.Subscribe()
		delivered := 0
		collide(round, cancel, func() { delivered = h.Publish(7) })
		got, closed := waiting(events)
		if len(got) != delivered || !closed {
			t.Fatalf("an event was published while its subscriber cancelled: %d deliveries, %d events received, channel closed: %v", delivered, len(got), closed)
		}
		h.Close()
	}
}

func TestCloseDuringPublish(t *testing.T) {
	for round := range 60 {
		h := pubsub.New[int](1)
		events, _ := h.Subscribe()
		delivered := 0
		collide(round, h.Close, func() { delivered = h.Publish(7) })
		got, closed := waiting(events)
		if len(got) != delivered || !closed {
			t.Fatalf("an event was published while the hub was closed: %d deliveries, %d events received, channel closed: %v", delivered, len(got), closed)
		}
	}
}

func TestCancelTwiceAtOnce(t *testing.T) {
	for round := range 40 {
		h := pubsub.New[int](1)
		events, cancel := h.Subscribe()
		collide(round, cancel, cancel)
		mustWait(t, "who cancelled twice at once", events, nil, true)
		h.Close()
	}
}

func TestSubscribeDuringClose(t *testing.T) {
	for round := range 40 {
		h := pubsub.New[int](1)
		var events <-chan int
		collide(round, h.Close, func() { events, _ = h.Subscribe() })
		mustWait(t, "who subscribed during Close", events, nil, true)
		mustHaveSubscribers(t, h, "after Close", 0)
	}
}

// Publishers, readers that come and go, readers that are too slow: every delivery that was counted arrives.
func TestEveryDeliveryArrives(t *testing.T) {
	h := pubsub.New[int](3)
	var delivered, received atomic.Int64
	var publishers, readers sync.WaitGroup
	for range 3 {
		publishers.Go(func() {
			for event := range 40 {
				delivered.Add(int64(h.Publish(event)))
				runtime.Gosched()
			}
		})
	}
	for reader := range 4 {
		readers.Go(func() {
			for range 15 {
				events, cancel := h.Subscribe()
				for range reader { // the last ones often cancel with events waiting
					runtime.Gosched()
				}
				cancel()
				for range events {
					received.Add(1)
				}
			}
		})
	}
	patient, _ := h.Subscribe()
	readers.Go(func() { // reads until it is cut off or the hub is closed
		for range patient {
			received.Add(1)
		}
	})
	publishers.Wait()
	h.Close()
	readers.Wait()
	if delivered.Load() != received.Load() {
		t.Errorf("Publish counted %d deliveries, and %d events were received: whatever was counted must arrive", delivered.Load(), received.Load())
	}
}
