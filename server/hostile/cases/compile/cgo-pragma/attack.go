package attack

import _ "unsafe"

//go:cgo_ldflag "-o/tmp/pwned"
//go:cgo_import_dynamic libc_system system "libc.so.6"
//go:linkname libc_system libc_system
var libc_system byte

func Run() { println(libc_system) }
