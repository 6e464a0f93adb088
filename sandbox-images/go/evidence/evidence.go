// Package evidence is linked into every test binary by the generated test main. It reports to the supervisor, over a
// descriptor of its own and with a secret of this run, which tests began and how they ended, whether a test's own
// goroutine is proved stuck, and which goroutines are left at the end. Printed text is never evidence.
//
// Code in the same process can in principle forge all this; see SECURITY.md.
package evidence

import (
	"encoding/binary"
	"os"
	"sync"
	"testing"

	"gosandbox/evidence/first"
)

// Kinds of records. A record is: secret, kind (1 byte), payload length (4 bytes, big-endian), payload.
const (
	kindStart    = 's' // payload: test name
	kindEnd      = 'e' // payload: status letter, test name
	kindFinished = 'f' // payload: races, goroutines left, goroutines leaked (4 bytes each)
	kindHang     = 'h' // payload: dump in which a test's own goroutine is leaked
	kindLeak     = 'l' // payload: dump at the end, with leaked goroutines or left-over ones
	kindStuck    = 'k' // payload: dump in which every goroutine waits for another one, and nothing else is to come
	kindWaits    = 'w' // payload: waitLines of the moment of the dump that follows
	kindLast     = 't' // payload: length of waitLines (4 bytes), waitLines, and the dump, shortly before a limit
)

// maxDumpBytes caps a dump; what does not fit is cut.
const maxDumpBytes = 1 << 20

var reporter struct {
	sync.Mutex
	secret [first.SecretBytes]byte
	file   *os.File
}

// Without a supervisor, or in a program that started itself again, there is no secret and nothing is reported.
func init() {
	secret, ok := first.Take()
	if ok {
		reporter.secret, reporter.file = secret, os.NewFile(first.Descriptor, "evidence")
	}
}

// reportDump tells a dump, and before it what its stacks do not show.
func reportDump(kind byte, dump []byte) { reportWith(kind, waits(), dump) }

func reportWith(kind byte, told []wait, dump []byte) {
	if lines := waitLines(told); len(lines) > 0 {
		report(kindWaits, lines)
	}
	report(kind, dump)
}

// dumpWithWaits takes a dump of goroutines that can still go on. Of locks only those holds are told that stood all the while.
func dumpWithWaits() (dump []byte, told []wait) {
	before := waits()
	dump = leakDump()
	return dump, inBoth(before, waits())
}

// reportLast tells a dump that counts only if the limit is passed before anything else happens.
func reportLast() {
	dump, told := dumpWithWaits()
	lines := waitLines(told)
	payload := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(lines)+len(dump)), uint32(len(lines)))
	report(kindLast, append(append(payload, lines...), dump...))
}

func report(kind byte, payload []byte) {
	reporter.Lock()
	defer reporter.Unlock()
	if reporter.file == nil {
		return
	}
	if len(payload) > maxDumpBytes {
		payload = payload[:maxDumpBytes]
	}
	record := make([]byte, 0, first.SecretBytes+5+len(payload))
	record = append(record, reporter.secret[:]...)
	record = append(record, kind)
	record = binary.BigEndian.AppendUint32(record, uint32(len(payload)))
	record = append(record, payload...)
	// Written whole or the supervisor misses it, and a missing record is never a passed run.
	_, _ = reporter.file.Write(record)
}

// tester is what tests, benchmarks and fuzz targets have in common.
type tester interface {
	Cleanup(func())
	Failed() bool
	Skipped() bool
}

// The wrappers are not to be inlined: their names in a stack tell our frames from the program's.

// Test wraps a test so that its start and end are reported. The end is reported by the first registered cleanup: it
// runs last, after the subtests.
//
//go:noinline
func Test(name string, test func(*testing.T)) testing.InternalTest {
	return testing.InternalTest{Name: name, F: func(t *testing.T) {
		begin(name, t)
		test(t)
	}}
}

// Fuzz wraps a fuzz target, whose seed corpus runs like a test.
//
//go:noinline
func Fuzz(name string, target func(*testing.F)) testing.InternalFuzzTarget {
	return testing.InternalFuzzTarget{Name: name, Fn: func(f *testing.F) {
		begin(name, f)
		target(f)
	}}
}

// Example wraps an example. Whether its output was right is testing's to say, by the exit code.
//
//go:noinline
func Example(name string, example func(), output string, unordered bool) testing.InternalExample {
	return testing.InternalExample{Name: name, Output: output, Unordered: unordered, F: func() {
		report(kindStart, []byte(name))
		watchdog.testBegan()
		defer watchdog.testEnded()
		example()
		report(kindEnd, append([]byte{'p'}, name...))
	}}
}

func begin(name string, t tester) {
	reports := repeats.reports(name)
	if reports {
		report(kindStart, []byte(name))
	}
	watchdog.testBegan()
	t.Cleanup(func() {
		watchdog.testEnded()
		if reports {
			report(kindEnd, append([]byte{status(t)}, name...))
		}
	})
}

func status(t tester) byte {
	switch {
	case t.Failed():
		return 'f'
	case t.Skipped():
		return 's'
	}
	return 'p'
}

// running is told when testing is about to run the first test (true) and when the last one has ended (false).
func running(on bool) {
	if on {
		baseline.testsBegin()
		watchdog.arm()
		sampler.begin()
		repeats.begin()
		perturb(first.Seed())
		return
	}
	perturb(0)
	watchdog.disarm()
	sampler.end()
	finish()
}

func finish() {
	left, leaked := 0, 0
	if baseline.settle() {
		findAlone()
		dump, told := dumpWithWaits()
		leaked = countLeaked(dump)
		left = baseline.left(dump, leaked)
		reportWith(kindLeak, told, dump)
	}
	var payload []byte
	for _, n := range []int{raceErrors(), left, leaked} {
		payload = binary.BigEndian.AppendUint32(payload, uint32(n))
	}
	report(kindFinished, payload)
}
