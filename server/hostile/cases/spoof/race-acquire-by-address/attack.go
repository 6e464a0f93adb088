package attack

import (
	"reflect"
	"runtime"
	"unsafe"
)

var counter int

var (
	acquire = named("internal/race.Acquire")
	release = named("internal/race.ReleaseMerge")
)

// named looks for a function among all machine code: reflection knows no functions by name.
func named(name string) func(unsafe.Pointer) {
	start := reflect.ValueOf(runtime.GC).Pointer()
	const reach = 4 << 20
	for pc := start - reach; pc < start+reach; pc += 16 {
		if function := runtime.FuncForPC(pc); function != nil && function.Name() == name {
			entry := function.Entry()
			value := &entry
			return *(*func(unsafe.Pointer))(unsafe.Pointer(&value))
		}
	}
	return func(unsafe.Pointer) {}
}

func Hit() {
	acquire(unsafe.Pointer(&counter))
	counter++
	release(unsafe.Pointer(&counter))
}

func Hits() int {
	acquire(unsafe.Pointer(&counter))
	return counter
}
