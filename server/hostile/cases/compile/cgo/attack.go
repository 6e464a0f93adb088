package attack

// #cgo CFLAGS: -fplugin=/tmp/evil.so
// #cgo LDFLAGS: -Wl,-rpath,/tmp
// #include <stdio.h>
// static void hello(void) { puts("BREACH: cgo"); }
import "C"

func Run() { C.hello() }
