package attack

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

const sysPrlimit64 = 302

func Breaches() []string {
	var found []string
	for _, pid := range []uintptr{1, uintptr(os.Getppid())} {
		// First without any harm: the limits as they are, written back.
		for resource := range uintptr(16) {
			var limit [2]uint64
			_, _, errno := syscall.RawSyscall6(sysPrlimit64, pid, resource, 0, uintptr(unsafe.Pointer(&limit)), 0, 0)
			if errno != 0 {
				continue
			}
			_, _, errno = syscall.RawSyscall6(sysPrlimit64, pid, resource, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
			if errno == 0 {
				found = append(found, fmt.Sprintf("set limit %d of process %d", resource, pid))
			}
		}
		mask := uint64(1)
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, pid, 8, uintptr(unsafe.Pointer(&mask))); errno == 0 {
			found = append(found, fmt.Sprintf("pinned process %d to one processor", pid))
		}
		if syscall.Setpriority(syscall.PRIO_PROCESS, int(pid), 19) == nil {
			found = append(found, fmt.Sprintf("lowered the priority of process %d", pid))
		}
		if _, _, errno := syscall.RawSyscall(251, 1, pid, 3<<13|7); errno == 0 {
			found = append(found, fmt.Sprintf("made process %d wait for every disk access", pid))
		}
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETPGID, pid, uintptr(os.Getpid()), 0); errno == 0 {
			found = append(found, fmt.Sprintf("moved process %d into another group", pid))
		}
	}
	return found
}
