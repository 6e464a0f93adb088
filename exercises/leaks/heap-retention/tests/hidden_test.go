package inbox_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"sandbox/inbox"
)

func TestTopicsDoNotHoldTheirFrames(t *testing.T) {
	const devices, keep, bound = 20, 16, 1.5
	b := inbox.New(keep)
	got := holds(b, bound, func() {
		for d := range devices {
			name := fmt.Sprintf("gate-%d", d)
			for range keep {
				put(t, b, name, "a-topic-of-some-length\n"+strings.Repeat("x", 16<<10))
				b.Take(name)
			}
		}
	})
	if got > bound {
		t.Errorf("%d devices sent %d frames of 16 KiB each, all were taken, and only the topics are remembered: the inbox holds %.1f MiB, at most %v are allowed. A substring keeps the whole string alive", devices, keep, got, bound)
	}
}

func TestNamesDoNotHoldWhatTheyWereCutFrom(t *testing.T) {
	const devices, bound = 80, 1.5
	b := inbox.New(4)
	got := holds(b, bound, func() {
		for d := range devices {
			packet := fmt.Sprintf("gate-%08d|%s", d, strings.Repeat("x", 64<<10))
			name, _, _ := strings.Cut(packet, "|")
			put(t, b, name, "hello\nworld")
			b.Take(name)
		}
	})
	if got > bound {
		t.Errorf("%d device names were cut from packets of 64 KiB: the inbox holds %.1f MiB, at most %v are allowed", devices, got, bound)
	}
	if n := b.Devices(); n != devices {
		t.Errorf("%d devices have sent something: Devices() = %d", devices, n)
	}
}

func TestDevicesThatHaveGoneAreForgotten(t *testing.T) {
	const devices, bound = 6_000, 0.4
	b := inbox.New(4)
	got := holds(b, bound, func() {
		for d := range devices {
			name := fmt.Sprintf("a-device-that-comes-once-and-never-again-%d", d)
			b.Put(name, "hello\nworld")
			b.Drop(name)
		}
	})
	if got > bound {
		t.Errorf("%d devices came, sent a message and were dropped: the inbox holds %.1f MiB for them, at most %v are allowed. Each leaves something behind", devices, got, bound)
	}
}

func TestAskingLeavesNothingBehind(t *testing.T) {
	const devices, bound = 6_000, 0.4
	b := inbox.New(4)
	got := holds(b, bound, func() {
		for d := range devices {
			name := fmt.Sprintf("a-device-that-nobody-has-ever-heard-of-%d", d)
			b.Take(name)
			b.Topics(name)
			b.Put(name, "a frame without a line end")
		}
	})
	if got > bound {
		t.Errorf("%d devices that never sent a valid frame were asked for: the inbox holds %.1f MiB for them, at most %v are allowed", devices, got, bound)
	}
}

func TestQueueThatIsNeverEmpty(t *testing.T) {
	const messages, bound = 40_000, 0.4
	b := inbox.New(1)
	got := holds(b, bound, func() {
		put(t, b, "gate-1", "a\n")
		for range messages {
			b.Put("gate-1", "a\n")
			b.Take("gate-1")
		}
	})
	if got > bound {
		t.Errorf("%d messages came and went while one was always waiting: the inbox holds %.1f MiB, at most %v are allowed. The queue grows although it does not get longer", messages, got, bound)
	}
}

func TestEveryMessageIsTakenOnce(t *testing.T) {
	const senders, each = 4, 150
	b := inbox.New(8)
	var sending, taking sync.WaitGroup
	for s := range senders {
		sending.Go(func() {
			for i := range each {
				if err := b.Put("gate-1", fmt.Sprintf("%d\n%06d", s, i)); err != nil {
					t.Errorf("Put returned %v", err)
				}
				if i%10 == 0 {
					b.Devices()
				}
			}
		})
	}
	var mu sync.Mutex
	taken := map[string]int{}
	take := func() {
		last := map[string]string{}
		for range senders * each {
			m, ok := b.Take("gate-1")
			if !ok {
				continue
			}
			if m.Body <= last[m.Topic] {
				t.Errorf("one goroutine took the message %s of a sender after %s, which is older", m.Body, last[m.Topic])
			}
			last[m.Topic] = m.Body
			mu.Lock()
			taken[m.Topic+m.Body]++
			mu.Unlock()
		}
	}
	for range 4 {
		taking.Go(take)
	}
	sending.Wait()
	taking.Wait()
	take() // what is left
	for m, n := range taken {
		if n != 1 {
			t.Errorf("message %s was taken %d times", m, n)
		}
	}
	if len(taken) != senders*each {
		t.Errorf("%d messages were put and %d different ones were taken", senders*each, len(taken))
	}
}

func TestTopicsBelongToTheCaller(t *testing.T) {
	b := inbox.New(4)
	for i := range 40 {
		put(t, b, "gate-1", fmt.Sprintf("topic-%d\n", i))
	}
	for round := range 20 {
		got := b.Topics("gate-1")
		var other sync.WaitGroup
		other.Go(func() { b.Put("gate-1", fmt.Sprintf("later-%d\n", round)) })
		copied := slices.Clone(got) // while the other one puts
		other.Wait()
		if !slices.Equal(got, copied) {
			t.Fatalf("Topics returned %q, and after one more Put the same slice says %q", copied, got)
		}
		got[0] = "scribbled"
		if slices.Contains(b.Topics("gate-1"), "scribbled") {
			t.Fatal("the caller wrote into the slice that Topics returned, and the inbox has it now")
		}
	}
}

func TestDropUnderTraffic(t *testing.T) {
	b := inbox.New(4)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for range 100 {
				b.Put("gate-1", "a\nb")
				b.Take("gate-1")
				b.Topics("gate-1")
			}
		})
	}
	all.Go(func() {
		for range 100 {
			b.Drop("gate-1")
			b.Devices()
		}
	})
	all.Wait()
	b.Drop("gate-1")
	if n := b.Devices(); n != 0 {
		t.Errorf("the only device was dropped last: Devices() = %d", n)
	}
}
