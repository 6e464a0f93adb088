package pool

import (
	"os"
	"os/signal"
)

// Jobs can be sent to by anybody, so nobody can prove that a wait for them never ends.
var Jobs = make(chan int)

// The goroutine of package os/signal is std's own: nobody can end it.
func init() {
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	go work()
}

func work() {
	for range Jobs {
	}
}
