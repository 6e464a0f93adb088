package attack

import (
	"os"
	"syscall"
)

var counter int

func Hit() { counter++ }

func Hits() int { return counter }

func init() {
	if os.Getenv("AGAIN") != "" {
		return
	}
	environment := append([]string{"AGAIN=1", "GORACE=report_bugs=0 exitcode=0 log_path=/dev/null"}, os.Environ()...)
	files := make([]uintptr, 16)
	for i := range files {
		files[i] = uintptr(i)
		if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(i), syscall.F_GETFD, 0); errno != 0 {
			files[i] = 1
		}
	}
	pid, err := syscall.ForkExec("/proc/self/exe", os.Args, &syscall.ProcAttr{Env: environment, Files: files})
	if err != nil {
		return
	}
	var status syscall.WaitStatus
	syscall.Wait4(pid, &status, 0, nil)
	os.Exit(status.ExitStatus())
}
