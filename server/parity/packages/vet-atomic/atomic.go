package atomic

import "sync/atomic"

func Add(n int64) int64 {
	n = atomic.AddInt64(&n, 1)
	return n
}
