package evidence

import (
	"runtime"
	"strconv"
	"strings"
)

// maxWaits and maxWaitsBytes bound what is told of one moment.
const (
	maxWaits      = 2000
	maxWaitsBytes = 256 << 10
)

// What runtimeWaits writes for each: goroutine, kind, address, and the return addresses above a locking method.
const (
	waitPCs  = 5
	waitSize = 3 + waitPCs
)

// waitKinds are the words for the kinds that the runtime has numbers for.
var waitKinds = [...]string{1: "holds", 2: "reads", 3: "sends", 4: "receives", 5: "left", 6: "left-reading"}

// waitLines tells what stacks do not show, a line each: which goroutine holds, or has left behind, which lock since where, and which
// channels it waits for.
//
//	7 holds 0xc000012345 example.(*Account).Transfer /…/account.go:12
//	8 receives 0xc000056789
func waitLines() []byte {
	buffer := make([]uintptr, maxWaits*waitSize)
	told := buffer[:runtimeWaits(buffer)]
	var lines []byte
	for ; len(told) >= waitSize && len(lines) < maxWaitsBytes; told = told[waitSize:] {
		kind := told[1]
		if kind == 0 || int(kind) >= len(waitKinds) {
			continue
		}
		lines = strconv.AppendUint(lines, uint64(told[0]), 10)
		lines = append(lines, " "+waitKinds[kind]+" 0x"+strconv.FormatUint(uint64(told[2]), 16)...)
		if place := placeOf(told[3:waitSize]); place != "" {
			lines = append(lines, " "+place...)
		}
		lines = append(lines, '\n')
	}
	return lines
}

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
