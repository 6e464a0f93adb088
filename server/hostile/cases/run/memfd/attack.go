package attack

import (
	"syscall"
	"unsafe"
)

const sysMemfdCreate = 319

func Run() {
	name := []byte("hoard\x00")
	chunk := make([]byte, 1<<20)
	for i := range chunk {
		chunk[i] = byte(i)
	}
	for range 64 {
		fd, _, errno := syscall.Syscall(sysMemfdCreate, uintptr(unsafe.Pointer(&name[0])), 0, 0)
		if errno != 0 {
			println("memfd_create:", errno.Error())
			return
		}
		for range 64 {
			if _, err := syscall.Write(int(fd), chunk); err != nil {
				println("write:", err.Error())
				return
			}
		}
	}
}
