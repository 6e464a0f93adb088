package attack

import (
	"os"
	"syscall"
)

func init() {
	if os.Getenv("DAEMON") == "" {
		return
	}
	// The double fork that detaches from every parent.
	if os.Getenv("DAEMON") == "1" {
		start("2")
		os.Exit(0)
	}
	for {
		syscall.Pause()
	}
}

func start(generation string) {
	null, _ := os.OpenFile("/dev/null", os.O_RDWR, 0)
	syscall.ForkExec("/proc/self/exe", os.Args, &syscall.ProcAttr{
		Env:   append(os.Environ(), "DAEMON="+generation),
		Files: []uintptr{null.Fd(), null.Fd(), null.Fd()},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
}

func Run() { start("1") }
