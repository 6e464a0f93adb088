package evidence

import (
	"bytes"
	"regexp"
	"runtime/pprof"
	"sync"
	"time"
)

// watchdog looks at the goroutines from time to time while a test runs. It is driven by timers, not by a goroutine of
// its own, so that runtime.NumGoroutine is what it would be without it.
var watchdog dog

type dog struct {
	sync.Mutex
	running int
	timer   *time.Timer
	armed   time.Time
	tick    int
	// blocked is the last dump's stacks if all of them were blocked, and since when they have been the same.
	blocked      string
	blockedSince time.Time
}

// When to look: early for the usual hang, then steadily, so that a later one is told within 1.5 s too.
var firstLooks = []time.Duration{100 * time.Millisecond, 300 * time.Millisecond, 700 * time.Millisecond}

const (
	lookEvery = 700 * time.Millisecond
	// stuckAfter is how long all goroutines must have stood in the same places before they count as stuck without
	// proof. It is near the default run limit: until then a timer might still wake one of them.
	stuckAfter = 7 * time.Second
)

func (d *dog) arm() {
	d.Lock()
	defer d.Unlock()
	d.armed = time.Now()
	d.timer = time.AfterFunc(firstLooks[0], d.look)
}

func (d *dog) disarm() {
	d.Lock()
	defer d.Unlock()
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}

func (d *dog) testBegan() { d.Lock(); d.running++; d.Unlock() }
func (d *dog) testEnded() { d.Lock(); d.running--; d.Unlock() }

func (d *dog) look() {
	d.Lock()
	defer d.Unlock()
	if d.timer == nil {
		return
	}
	if d.running > 0 {
		d.inspect()
	}
	d.tick++
	next := lookEvery
	if d.tick < len(firstLooks) {
		next = firstLooks[d.tick] - firstLooks[d.tick-1]
	}
	d.timer.Reset(next)
}

func (d *dog) inspect() {
	dump := leakDump()
	if testIsLeaked(dump) {
		report(kindHang, dump)
		return
	}
	stacks, blocked := blockedStacks(dump)
	if !blocked || stacks != d.blocked {
		d.blocked, d.blockedSince = "", time.Now()
		if blocked {
			d.blocked = stacks
		}
		return
	}
	if time.Since(d.blockedSince) >= stuckAfter {
		report(kindStuck, dump)
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

var (
	header      = regexp.MustCompile(`^goroutine \d+ [^\n]*\[([^\],(]+)[^\n]*\]:$`)
	changeable  = regexp.MustCompile(`\([^()\n]*\)|, \d+ minutes`)
	ownStack    = []byte("gosandbox/evidence.leakDump(")
	waitsOnSync = map[string]bool{
		"chan receive": true, "chan send": true, "select": true, "semacquire": true, "sync.Cond.Wait": true,
		"sync.Mutex.Lock": true, "sync.RWMutex.Lock": true, "sync.RWMutex.RLock": true, "sync.WaitGroup.Wait": true,
	}
)

// blockedStacks returns the stacks without what may change while nothing moves, and whether every goroutine but the
// one that looks waits for another one: on a channel, a lock, a condition or a group.
func blockedStacks(dump []byte) (string, bool) {
	var kept bytes.Buffer
	for stack := range bytes.SplitSeq(dump, []byte("\n\n")) {
		if bytes.Contains(stack, ownStack) {
			continue
		}
		first, _, _ := bytes.Cut(stack, []byte("\n"))
		match := header.FindSubmatch(first)
		if match == nil || !waitsOnSync[string(bytes.TrimSpace(match[1]))] {
			return "", false
		}
		kept.Write(changeable.ReplaceAll(stack, nil))
	}
	return kept.String(), true
}
