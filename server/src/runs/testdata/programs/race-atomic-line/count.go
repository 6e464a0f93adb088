package count

import (
	"sync"
	"sync/atomic"
	"time"
)

type stats struct {
	hits int64
	last string
}

//go:noinline
func (s *stats) hit(who string) {
	s.last = who
	atomic.AddInt64(&s.hits, 1)
}

func Count() int64 {
	s := &stats{}
	var wg sync.WaitGroup
	wg.Go(func() { s.hits++ })
	time.Sleep(10 * time.Millisecond)
	wg.Go(func() { s.hit("tea") })
	wg.Wait()
	return s.hits
}
