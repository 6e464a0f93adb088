package alive

import (
	"os"
	"os/signal"
)

var jobs = make(chan int)

func init() {
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	go func() {
		for range jobs {
		}
	}()
}

func Do() { jobs <- 1 }
