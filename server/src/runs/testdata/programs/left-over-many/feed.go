package feed

import "time"

// Ticks can be sent to by anybody, so nobody can prove that a wait for it never ends.
var Ticks = make(chan int)

func init() {
	go func() { time.Sleep(time.Minute) }()
}

// Drain waits for ticks for as long as the program lives.
func Drain() {
	for range Ticks {
	}
}

// Nap ends by itself, long after its test.
func Nap() { time.Sleep(time.Minute) }

// Forget starts what nobody can reach any more.
func Forget() {
	unheard := make(chan int)
	go func() { unheard <- 1 }()
}
