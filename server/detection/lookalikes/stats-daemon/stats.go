// Package stats counts events of the whole process.
package stats

import "sync"

type sample struct {
	name  string
	n     int64
	flush chan<- struct{}
}

var (
	samples = make(chan *sample, 32)
	pool    = sync.Pool{New: func() any { return new(sample) }}

	mu     sync.Mutex
	totals = make(map[string]int64)
)

func init() { go collect() }

// collect adds up the samples for as long as the process lives.
func collect() {
	for s := range samples {
		if s.flush != nil {
			close(s.flush)
		} else {
			mu.Lock()
			totals[s.name] += s.n
			mu.Unlock()
		}
		*s = sample{}
		pool.Put(s)
	}
}

// Count adds n to a counter.
func Count(name string, n int64) {
	s := pool.Get().(*sample)
	s.name, s.n = name, n
	samples <- s
}

// Total returns the sum of all earlier calls of Count.
func Total(name string) int64 {
	flushed := make(chan struct{})
	s := pool.Get().(*sample)
	s.flush = flushed
	samples <- s
	<-flushed
	mu.Lock()
	defer mu.Unlock()
	return totals[name]
}
