package inbox_test

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"sandbox/inbox"
)

const mib = 1 << 20

// reachable is how many bytes are reachable, and what a later collection takes.
func reachable() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// holds is how much more is reachable of an inbox after use than before it, in MiB. It looks several times: the process has
// goroutines of its own, and what a pool keeps, or package unique, goes with a later collection.
func holds(b *inbox.Inbox, bound float64, use func()) float64 {
	const looks, settled = 4, 16 << 10
	before := reachable()
	for range looks - 1 {
		again := reachable()
		isSettled := before-again < settled
		before = min(before, again)
		if isSettled {
			break
		}
	}
	use()
	after := reachable()
	for range looks - 1 {
		if float64(after-before) <= bound*mib {
			break
		}
		after = min(after, reachable())
	}
	runtime.KeepAlive(b)
	return float64(after-before) / mib
}

func put(t *testing.T, b *inbox.Inbox, device, frame string) {
	t.Helper()
	if err := b.Put(device, frame); err != nil {
		t.Fatalf("Put(%q, …) returned %v", device, err)
	}
}

func TestFirstInFirstOut(t *testing.T) {
	b := inbox.New(2)
	for i := range 5 {
		put(t, b, "gate-1", fmt.Sprintf("topic-%d\nbody %d\nof two lines", i, i))
	}
	put(t, b, "gate-2", "hello\n")
	for i := range 5 {
		want := inbox.Message{Topic: fmt.Sprintf("topic-%d", i), Body: fmt.Sprintf("body %d\nof two lines", i)}
		if m, ok := b.Take("gate-1"); m != want || !ok {
			t.Errorf("the oldest message is %q: Take returned (%q, %t)", want, m, ok)
		}
	}
	if m, ok := b.Take("gate-1"); ok || m != (inbox.Message{}) {
		t.Errorf("all five messages are taken: Take returned (%q, %t)", m, ok)
	}
	if m, ok := b.Take("gate-2"); m != (inbox.Message{Topic: "hello"}) || !ok {
		t.Errorf("a frame with an empty body was put: Take returned (%q, %t)", m, ok)
	}
	if m, ok := b.Take("gate-3"); ok {
		t.Errorf("nothing came from gate-3: Take returned (%q, %t)", m, ok)
	}
	put(t, b, "gate-1", "again\nand again")
	if m, ok := b.Take("gate-1"); m != (inbox.Message{Topic: "again", Body: "and again"}) || !ok {
		t.Errorf("one more message came after the queue was empty: Take returned (%q, %t)", m, ok)
	}
}

func TestTopics(t *testing.T) {
	b := inbox.New(3)
	var all []string
	for i := range 10 {
		topic := fmt.Sprintf("topic-%d", i)
		all = append(all, topic)
		put(t, b, "gate-1", topic+"\nbody")
		if i%2 == 0 {
			b.Take("gate-1") // makes no difference
		}
		if got, want := b.Topics("gate-1"), all[max(0, len(all)-3):]; !slices.Equal(got, want) {
			t.Errorf("%d messages came and the topics of the last 3 are kept: Topics returned %q, want %q", i+1, got, want)
		}
	}
	if got := b.Topics("gate-2"); len(got) != 0 {
		t.Errorf("nothing came from gate-2: Topics returned %q", got)
	}
}

func TestBadFrames(t *testing.T) {
	b := inbox.New(3)
	for _, frame := range []string{"", "no line end", "\nno topic"} {
		if err := b.Put("gate-1", frame); !errors.Is(err, inbox.ErrFrame) {
			t.Errorf("Put of the frame %q returned %v, want ErrFrame", frame, err)
		}
	}
	if _, ok := b.Take("gate-1"); ok || b.Devices() != 0 || len(b.Topics("gate-1")) != 0 {
		t.Errorf("only bad frames came, and something of them is there: %d devices", b.Devices())
	}
}

func TestDrop(t *testing.T) {
	b := inbox.New(3)
	b.Drop("gate-1") // was never there
	put(t, b, "gate-1", "a\n1")
	put(t, b, "gate-2", "b\n2")
	if n := b.Devices(); n != 2 {
		t.Errorf("two devices have sent something: Devices() = %d", n)
	}
	b.Drop("gate-1")
	if n := b.Devices(); n != 1 {
		t.Errorf("one of two devices was dropped: Devices() = %d", n)
	}
	if m, ok := b.Take("gate-1"); ok || len(b.Topics("gate-1")) != 0 {
		t.Errorf("the device was dropped, and Take returned (%q, %t), Topics %q", m, ok, b.Topics("gate-1"))
	}
	put(t, b, "gate-1", "c\n3")
	if m, ok := b.Take("gate-1"); !ok || m.Topic != "c" || b.Devices() != 2 {
		t.Errorf("the device came back with a message: Take returned (%q, %t), Devices() = %d", m, ok, b.Devices())
	}
}

func TestTakenMessagesAreFreed(t *testing.T) {
	const messages, bound = 400, 1.5
	body := func() string { return strings.Repeat("x", 16<<10) }
	b := inbox.New(0)
	got := holds(b, bound, func() {
		for range messages {
			put(t, b, "gate-1", "scan\n"+body())
		}
		for range messages - 1 {
			b.Take("gate-1")
		}
	})
	if got > bound {
		t.Errorf("%d messages of 16 KiB came and all but one were taken: the inbox holds %.1f MiB, at most %v are allowed. Who keeps what was taken reachable?", messages, got, bound)
	}
	if _, ok := b.Take("gate-1"); !ok {
		t.Error("the last message was still to be taken, and Take found none")
	}
}
