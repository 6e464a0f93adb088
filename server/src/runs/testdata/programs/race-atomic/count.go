package count

import (
	"sync"
	"sync/atomic"
)

func Count() int64 {
	var n int64
	var wg sync.WaitGroup
	wg.Go(func() { atomic.AddInt64(&n, 1) })
	wg.Go(func() { n++ })
	wg.Wait()
	return n
}
