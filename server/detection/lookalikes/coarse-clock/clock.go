// Package clock offers a cheap clock with a resolution of two milliseconds.
package clock

import (
	"sync"
	"sync/atomic"
	"time"
)

const resolution = 2 * time.Millisecond

var (
	start  = time.Now()
	ticker *time.Ticker
	once   sync.Once
	now    atomic.Int64
)

// Now returns the time since the start of the process. The first call starts
// the clock, which then runs until the process ends.
func Now() time.Duration {
	once.Do(func() {
		now.Store(int64(time.Since(start)))
		ticker = time.NewTicker(resolution)
		go run(ticker.C)
	})
	return time.Duration(now.Load())
}

func run(ticks <-chan time.Time) {
	for range ticks {
		now.Store(int64(time.Since(start)))
	}
}
