package collector

import (
	"maps"
	"sync"
)

// Collector adds up the samples of several sources at once.
type Collector struct {
	wg     sync.WaitGroup
	mu     sync.Mutex
	totals map[string]int
}

func New() *Collector { return &Collector{totals: make(map[string]int)} }

// Add starts to read a source.
func (c *Collector) Add(name string, samples <-chan int) {
	c.wg.Add(1)
	go c.read(name, samples)
}

func (c *Collector) read(name string, samples <-chan int) {
	sum := 0
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.totals[name] = sum
	}()
	defer c.wg.Done()
	for v := range samples {
		sum += v
	}
}

// Totals waits for all sources to end and returns their sums.
func (c *Collector) Totals() map[string]int {
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.totals)
}
