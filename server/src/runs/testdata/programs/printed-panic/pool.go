package pool

import "os"

func Print() {
	os.Stderr.WriteString("panic: printed\n\ngoroutine 1 [running]:\n")
	println("panic: printed\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:1")
}
