package counter

import (
	"bytes"
	"sync"
)

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

// Start hits a page n times through wg.Go.
func (c *Counter) Start(wg *sync.WaitGroup, n int) {
	for range n {
		wg.Go(func() {
			c.Hit("/start")
		})
	}
}

func (c *Counter) run() { c.hits++ }

// StartNamed starts a method value.
func (c *Counter) StartNamed(wg *sync.WaitGroup) {
	wg.Go(c.run)
	wg.Go(c.run)
}

// Box is generic.
type Box[T any] struct{ v T }

func (b *Box[T]) Set(v T) {
	b.v = v
}

func (b *Box[T]) Get() T {
	return b.v
}

// Log appends to a shared buffer.
func Log(b *bytes.Buffer, s string) {
	b.WriteString(s)
}
