// Package measure is for the judge's measuring tests alone: what code costs beside the reference, on a machine that does
// other things too. Everything is counted in the CPU time of the whole process, so that work handed to another goroutine
// counts as well.
package measure

import (
	"math"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

const (
	// rounds of each side.
	rounds = 21
	// roundCPU is what a round of the reference takes at least: far above what the clock and a preemption cost.
	roundCPU = 4 * time.Millisecond
	// mostTimes is where the search for that ends.
	mostTimes = 1 << 24
	// after is how long a side is waited for when it has returned: what it left to others is its own cost.
	after = time.Millisecond
	// soon rounds that are all hopeless need no further ones.
	soon = 3
	// hopeless is a ratio that no bound allows.
	hopeless = 10
)

// Ratio is how many times the CPU time of the reference mine needs. Each function does its work n times. Both run in turn,
// in many short rounds, so that what slows the machine slows both. It is +Inf where mine keeps working for itself when it
// has returned: that would be counted as the reference's.
//
// It is the lower of two estimates: the median of the rounds' ratios, which a slow machine does not change, and the ratio of
// the cheapest rounds, which a few disturbed ones do not change. Code that does more work does so by both.
func Ratio(mine, reference func(n int)) float64 {
	n := times(reference)
	mine(1)
	var ratios []float64
	leastA, leastB := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	restless := 0
	for round := range rounds {
		first, second := mine, reference
		if round%2 == 1 {
			first, second = reference, mine
		}
		a, b := cost(first, n), cost(second, n)
		if round%2 == 1 {
			a, b = b, a
		}
		if a.restless {
			restless++
		}
		leastA, leastB = min(leastA, a.cpu), min(leastB, b.cpu)
		ratios = append(ratios, float64(a.cpu)/float64(b.cpu))
		if len(ratios) == soon && slices.Min(ratios) > hopeless {
			break
		}
	}
	if 2*restless > len(ratios) {
		return math.Inf(1)
	}
	slices.Sort(ratios)
	return min(ratios[len(ratios)/2], float64(leastA)/float64(leastB))
}

// Allocs is how many allocations one call of f makes, by whichever goroutine: the least of several looks, because the
// process has goroutines of its own.
func Allocs(f func()) float64 {
	least := math.Inf(1)
	for range 5 {
		least = min(least, testing.AllocsPerRun(100, f))
	}
	return least
}

// LiveHeap is how many bytes are reachable.
func LiveHeap() uint64 {
	// What finalizers and sync.Pool keep alive goes with the second collection.
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// times is how often a function must do its work to be measurable.
func times(f func(n int)) int {
	for n := 1; ; n *= 2 {
		// Twice: the first time may have been a disturbance.
		if n >= mostTimes || timeOf(f, n) >= roundCPU && timeOf(f, n) >= roundCPU {
			return n
		}
	}
}

func timeOf(f func(n int), n int) time.Duration {
	begin := cpuTime()
	f(n)
	return cpuTime() - begin
}

// round is what one round cost, and whether something still worked when it was over.
type round struct {
	cpu      time.Duration
	restless bool
}

func cost(f func(n int), n int) round {
	runtime.GC()
	begin := cpuTime()
	f(n)
	time.Sleep(after)
	spent := cpuTime() - begin
	// A collection that is under way is the runtime's work and no restlessness.
	runtime.GC()
	end, asleep := cpuTime(), time.Now()
	time.Sleep(after)
	// On a busy machine a short sleep is long: what counts is the share of it.
	return round{max(spent, 1), cpuTime()-end > time.Since(asleep)/2}
}

// clockProcessCPU is CLOCK_PROCESS_CPUTIME_ID of Linux: nanoseconds of all threads, where getrusage rounds.
const clockProcessCPU = 2

func cpuTime() time.Duration {
	var now syscall.Timespec
	if _, _, errno := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, clockProcessCPU, uintptr(unsafe.Pointer(&now)), 0); errno != 0 {
		panic(errno)
	}
	return time.Duration(now.Nano())
}
