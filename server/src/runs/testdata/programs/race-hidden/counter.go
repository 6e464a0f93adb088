package counter

import "sync"

// Counter counts hits by page.
type Counter struct {
	mu    sync.Mutex
	hits  int
	pages map[string]int
}

func New() *Counter { return &Counter{pages: map[string]int{}} }

func (c *Counter) Hit(page string) {
	c.hits++
	c.pages[page]++
}

func (c *Counter) Total() int {
	return c.hits
}

func (c *Counter) Page(page string) int {
	return c.pages[page]
}

// Start hits a page n times, each in a goroutine of its own.
func (c *Counter) Start(wg *sync.WaitGroup, n int) {
	for range n {
		wg.Go(func() {
			c.Hit("/start")
		})
	}
}
