package cgo

// int twice(int n) { return 2 * n; }
import "C"

func Twice(n int) int { return int(C.twice(C.int(n))) }
