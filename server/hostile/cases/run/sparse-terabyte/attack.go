package attack

import (
	"os"
	"syscall"
)

func Run() {
	file, err := os.CreateTemp("", "sparse")
	if err != nil {
		return
	}
	if err := file.Truncate(1 << 40); err != nil {
		println(err.Error())
	}
	syscall.Fallocate(int(file.Fd()), 0, 0, 1<<40)
	syscall.Mmap(int(file.Fd()), 0, 1<<40, syscall.PROT_READ, syscall.MAP_SHARED)
}
