package attack

import "syscall"

func Run() {
	for {
		syscall.Write(1, []byte("\n"))
		syscall.Write(2, []byte("x"))
	}
}
