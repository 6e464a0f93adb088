package attack

import (
	"\x72untime"
	"unsafe"
)

var counter int

func Hit() {
	runtime.RaceAcquire(unsafe.Pointer(&counter))
	counter++
	runtime.RaceReleaseMerge(unsafe.Pointer(&counter))
}

func Hits() int { return counter }
