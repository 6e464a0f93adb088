package directives

import _ "unsafe"

//go:noinline
func Slow(n int) int { return n }

//go:generate echo never

//go:nosplit
func Tiny() int { return 1 }
