package attack

import (
	"runtime"
	"syscall"
)

func Run() {
	for range 4000 {
		go func() {
			runtime.LockOSThread()
			syscall.Pause()
		}()
	}
	select {}
}
