package attack

import (
	"os"
	"syscall"
)

func Answer() int {
	for {
		if _, err := os.OpenFile("/dev/null", os.O_RDONLY, 0); err != nil {
			break
		}
	}
	for range 4096 {
		var pipe [2]int
		if syscall.Pipe2(pipe[:], 0) != nil {
			break
		}
	}
	for range 30 {
		go syscall.Pause()
	}
	return 41
}
