package evidence

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// maxWaits and maxWaitsBytes bound what is told of one moment.
const (
	maxWaits      = 2000
	maxWaitsBytes = 256 << 10
)

// What runtimeWaits writes for each: goroutine, kind, address, since when, and the return addresses above a locking method.
const (
	waitPCs  = 5
	waitHead = 4
	waitSize = waitHead + waitPCs
)

type wait [waitSize]uintptr

// waitKinds are the words for the kinds that the runtime has numbers for.
var waitKinds = [...]string{
	1: "holds", 2: "reads", 3: "sends", 4: "receives", 5: "left", 6: "left-reading", 7: "ticks", 8: "fires", 9: "alone",
}

// waits are what stacks do not show of this moment.
func waits() []wait {
	buffer := make([]uintptr, maxWaits*waitSize)
	told := buffer[:runtimeWaits(buffer)]
	found := make([]wait, 0, len(told)/waitSize)
	for ; len(told) >= waitSize; told = told[waitSize:] {
		if kind := told[1]; kind > 0 && int(kind) < len(waitKinds) {
			found = append(found, wait(told))
		}
	}
	return found
}

// waitLines tells waits, a line each: which goroutine holds, or has left behind, which lock since where, and which channels it
// waits for; of a timer's channel whether it ticks or fires once. Nobody but timers can wake who is alone.
//
//	7 holds 0xc000012345 example.(*Account).Transfer /…/account.go:12
//	8 receives 0xc000056789
//	9 alone 0x0
func waitLines(told []wait) []byte {
	var lines []byte
	for _, one := range told {
		if len(lines) >= maxWaitsBytes {
			break
		}
		lines = strconv.AppendUint(lines, uint64(one[0]), 10)
		lines = append(lines, " "+waitKinds[one[1]]+" 0x"+strconv.FormatUint(uint64(one[2]), 16)...)
		if place := placeOf(one[waitHead:]); place != "" {
			lines = append(lines, " "+place...)
		}
		lines = append(lines, '\n')
	}
	return lines
}

// inBoth are those of two moments that stand in both: what they say was true all the time between. Who waits for time may have
// a new timer each time.
func inBoth(before, after []wait) []wait {
	still := make(map[wait]bool, len(after))
	for _, one := range after {
		still[one] = true
	}
	return slices.DeleteFunc(before, func(one wait) bool { return !still[one] && !one.isForTime() })
}

// isForTime tells a wait for a timer's channel.
func (w wait) isForTime() bool { return waitKinds[w[1]] == "ticks" || waitKinds[w[1]] == "fires" }

// placeOf is the innermost call that is not the locking method's own.
func placeOf(pcs []uintptr) string {
	frames := runtime.CallersFrames(pcs)
	for {
		frame, more := frames.Next()
		if frame.PC != 0 && !strings.HasPrefix(frame.Function, "sync.") && !strings.HasPrefix(frame.Function, "internal/sync.") {
			return frame.Function + " " + frame.File + ":" + strconv.Itoa(frame.Line)
		}
		if !more {
			return ""
		}
	}
}
