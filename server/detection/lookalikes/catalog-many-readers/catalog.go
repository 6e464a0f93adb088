// Package catalog finds products by id and by name.
package catalog

import (
	"sync"
	"time"
)

// Catalog keeps two indexes that always agree.
type Catalog struct {
	mu     sync.RWMutex
	byID   map[int]string
	byName map[string]int
}

// New returns an empty catalog.
func New() *Catalog {
	return &Catalog{byID: make(map[int]string), byName: make(map[string]int)}
}

// Add adds a product.
func (c *Catalog) Add(id int, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[id] = name
	c.byName[name] = id
}

// Check compares the indexes, which takes a moment, and returns the number
// of products and of those that are missing in the other index.
func (c *Catalog) Check() (products, missing int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	products = len(c.byID)
	time.Sleep(time.Millisecond)
	for id, name := range c.byID {
		if c.byName[name] != id {
			missing++
		}
	}
	return products, missing
}
