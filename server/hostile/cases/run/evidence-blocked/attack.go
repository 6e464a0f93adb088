package attack

import "syscall"

// Answer is right; only what the supervisor tries to send or read on descriptor 3 is disturbed.
func Answer() int {
	syscall.SetsockoptInt(3, syscall.SOL_SOCKET, syscall.SO_RCVBUF, 1)
	syscall.SetsockoptInt(3, syscall.SOL_SOCKET, syscall.SO_SNDBUF, 1)
	syscall.Shutdown(3, syscall.SHUT_RD)
	return 42
}
