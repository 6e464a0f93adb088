package attack

import (
	"os"
	"syscall"
)

func init() {
	if os.Getenv("HOLD") != "" {
		select {}
	}
}

func Run() {
	files := make([]uintptr, 64)
	for i := range files {
		files[i] = uintptr(i)
		if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(i), syscall.F_GETFD, 0); errno != 0 {
			files[i] = 1
		}
	}
	syscall.ForkExec("/proc/self/exe", os.Args, &syscall.ProcAttr{Env: append(os.Environ(), "HOLD=1"), Files: files})
}
