package attack

import (
	"os"
	"os/signal"
	"syscall"
)

func Run() {
	for s := syscall.Signal(1); s < 65; s++ {
		signal.Ignore(s)
	}
	swallowed := make(chan os.Signal, 1)
	signal.Notify(swallowed)
	for {
		select {
		case <-swallowed:
		default:
		}
	}
}
