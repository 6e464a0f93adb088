package attack

import "unsafe"

func at(address uintptr) *byte { return *(**byte)(unsafe.Pointer(&address)) }
