package attack

import (
	"strings"
	"syscall"
)

func Run() {
	text := []byte(strings.Repeat("x", 70_000) + "\n")
	for range 8 {
		go func() {
			for {
				syscall.Write(2, text)
			}
		}()
	}
	for {
		syscall.Write(2, text)
	}
}
