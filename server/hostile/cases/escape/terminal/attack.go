package attack

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

const tiocsti, tioclinux = 0x5412, 0x541c

func Breaches() []string {
	var found []string
	letter := byte('x')
	for _, path := range []string{"/dev/tty", "/dev/console", "/dev/tty0", "/dev/pts/0", "/dev/pts/1", "/dev/ptmx"} {
		file, err := os.OpenFile(path, os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
		if err != nil {
			continue
		}
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, file.Fd(), tiocsti, uintptr(unsafe.Pointer(&letter))); errno == 0 {
			found = append(found, "typed into "+path)
		}
		file.Close()
	}
	for fd := range uintptr(10) {
		for _, request := range []uintptr{tiocsti, tioclinux, tiocsti | 1<<32} {
			if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(unsafe.Pointer(&letter))); errno == 0 {
				found = append(found, fmt.Sprintf("typed into descriptor %d", fd))
			}
		}
	}
	return found
}
