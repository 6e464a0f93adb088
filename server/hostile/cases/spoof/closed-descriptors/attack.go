package attack

import (
	"os"
	"syscall"
)

func Answer() int {
	null, _ := syscall.Open("/dev/null", syscall.O_RDWR, 0)
	for fd := range 64 {
		if fd != null {
			syscall.Dup2(null, fd)
		}
	}
	os.Exit(0)
	return 41
}
