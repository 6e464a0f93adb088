package attack

import "syscall"

func Answer() int {
	syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 0, 0, 0)
	return 41
}
