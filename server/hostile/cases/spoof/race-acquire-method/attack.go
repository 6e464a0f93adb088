package attack

import (
	"reflect"
	host "runt\x69me"
	"unsafe"
)

type switches struct{ acquire, release func(unsafe.Pointer) }

func (s switches) with(f func()) {
	s.acquire(unsafe.Pointer(&counter))
	f()
	s.release(unsafe.Pointer(&counter))
}

var counter int

var hidden = switches{
	acquire: reflect.ValueOf(host.RaceAcquire).Interface().(func(unsafe.Pointer)),
	release: reflect.ValueOf(host.RaceReleaseMerge).Interface().(func(unsafe.Pointer)),
}.with

func Hit() { hidden(func() { counter++ }) }

func Hits() int { return counter }
