package evidence

import (
	"bytes"
	"regexp"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"time"

	"gosandbox/evidence/first"
)

// watchdog looks at the goroutines from time to time while a test runs. It is driven by timers, not by a goroutine of
// its own, so that runtime.NumGoroutine is what it would be without it.
var watchdog dog

type dog struct {
	// running counts tests. No test may wait for a look: a goroutine that waits for the watchdog looks like one that waits
	// for ever.
	running atomic.Int32

	// The lock is held while looking, so that disarm waits for a look's end.
	sync.Mutex
	timer *time.Timer
	tick  int
	// stillLooks is how many looks in a row found that nothing can move, with stillEvents finalizers and cleanups so far.
	stillLooks  int
	stillEvents uint64
	ending      ending
}

// When to look: early for the usual hang, then steadily, so that a later one is told within 1.5 s too.
var firstLooks = []time.Duration{100 * time.Millisecond, 300 * time.Millisecond, 700 * time.Millisecond}

const (
	lookEvery = 700 * time.Millisecond
	// stillAgain is when to look again at a program in which nothing moves.
	stillAgain = 100 * time.Millisecond
	// stillProves is how many such looks in a row are proof. Each collects garbage, and a collection can queue a finalizer
	// that wakes somebody: of what a sync.Pool held in the third, told in the fourth.
	stillProves = 4
)

func (d *dog) arm() {
	d.Lock()
	defer d.Unlock()
	d.ending = endingOf(first.Began(), first.RunLimits())
	d.timer = time.AfterFunc(min(firstLooks[0], d.ending.untilNear()), d.look)
}

func (d *dog) disarm() {
	d.Lock()
	defer d.Unlock()
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}

func (d *dog) testBegan() { d.running.Add(1) }
func (d *dog) testEnded() { d.running.Add(-1) }

func (d *dog) look() {
	d.Lock()
	defer d.Unlock()
	if d.timer == nil {
		return
	}
	if d.running.Load() > 0 {
		d.inspect()
	}
	d.timer.Reset(min(d.untilNext(), d.ending.untilNear()))
}

func (d *dog) untilNext() time.Duration {
	if d.stillLooks > 0 {
		return stillAgain
	}
	d.tick++
	if d.tick < len(firstLooks) {
		return firstLooks[d.tick] - firstLooks[d.tick-1]
	}
	return lookEvery
}

func (d *dog) inspect() {
	if d.ending.isNear() {
		reportLast()
	}
	dump := leakDump()
	if testIsLeaked(dump) {
		reportDump(kindHang, dump)
		return
	}
	still, events := still()
	// When the last test has just ended, what waits is main, for this look to end.
	still = still && d.running.Load() > 0
	if !still || events != d.stillEvents {
		d.stillLooks = 0
	}
	d.stillEvents = events
	if still {
		d.stillLooks++
	}
	if d.stillLooks >= stillProves {
		reportDump(kindStuck, dump)
	}
}

// leakDump runs the leak detection and returns the stacks of all goroutines, the leaked ones marked.
func leakDump() []byte {
	var buffer bytes.Buffer
	profile := pprof.Lookup("goroutineleak")
	if profile == nil {
		return nil
	}
	// Writing is what runs the detection.
	_ = profile.WriteTo(&buffer, 2)
	return buffer.Bytes()
}

var leakedHeader = regexp.MustCompile(`(?m)^goroutine \d+ [^\n]*\[[^\n]*\(leaked\)[^\n]*\]:$`)

func countLeaked(dump []byte) int { return len(leakedHeader.FindAll(dump, -1)) }

// testIsLeaked tells whether a goroutine that runs a test, a subtest or an example can never go on.
func testIsLeaked(dump []byte) bool {
	for stack := range bytes.SplitSeq(dump, []byte("\n\n")) {
		header, body, _ := bytes.Cut(stack, []byte("\n"))
		if leakedHeader.Match(header) && runsTest(body) {
			return true
		}
	}
	return false
}

func runsTest(stack []byte) bool {
	for _, runner := range []string{"\ntesting.tRunner(", "\ntesting.runExample(", "\ntesting.fRunner("} {
		if bytes.Contains(stack, []byte(runner)) {
			return true
		}
	}
	return false
}
