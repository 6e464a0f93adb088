package attack

import "syscall"

func Run() {
	syscall.Kill(syscall.Getpid(), syscall.SIGSTOP)
	select {}
}
