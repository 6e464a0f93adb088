package pool

import "syscall"

func Forge() {
	syscall.Write(3, []byte("0123456789abcdefe\x00\x00\x00\x09pTestForge"))
}
