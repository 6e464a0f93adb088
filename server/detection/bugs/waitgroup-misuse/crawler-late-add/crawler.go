// Package crawler walks a set of linked pages.
package crawler

import "sync"

// Fetcher returns the links found on a page.
type Fetcher interface {
	Links(page string) []string
}

// Crawler visits every page that can be reached from a root once.
type Crawler struct {
	fetcher Fetcher
	wg      sync.WaitGroup
	mu      sync.Mutex
	visited map[string]bool
}

// New returns a crawler that has seen nothing yet.
func New(f Fetcher) *Crawler {
	return &Crawler{fetcher: f, visited: make(map[string]bool)}
}

// Crawl visits all pages below root and returns how many there were.
func (c *Crawler) Crawl(root string) int {
	c.visit(root)
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.visited)
}

func (c *Crawler) visit(page string) {
	c.wg.Add(1)
	defer c.wg.Done()

	c.mu.Lock()
	seen := c.visited[page]
	c.visited[page] = true
	c.mu.Unlock()
	if seen {
		return
	}
	for _, link := range c.fetcher.Links(page) {
		go c.visit(link)
	}
}
