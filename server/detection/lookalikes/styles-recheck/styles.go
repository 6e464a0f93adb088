// Package styles compiles style sheets on demand.
package styles

import "sync"

// Sheet is a compiled style sheet.
type Sheet struct {
	Name string
	Size int
}

// Cache keeps compiled sheets.
type Cache struct {
	mu       sync.RWMutex
	sheets   map[string]*Sheet
	compiled int
}

// New returns an empty cache.
func New() *Cache {
	return &Cache{sheets: make(map[string]*Sheet)}
}

// Get returns a sheet, which it compiles on first use.
func (c *Cache) Get(name string) *Sheet {
	c.mu.RLock()
	sheet := c.sheets[name]
	c.mu.RUnlock()
	if sheet != nil {
		return sheet
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	if sheet = c.sheets[name]; sheet == nil {
		sheet = c.compile(name)
		c.sheets[name] = sheet
	}
	return sheet
}

// compile is called with c.mu held for writing.
func (c *Cache) compile(name string) *Sheet {
	c.compiled++
	return &Sheet{Name: name, Size: 16 * len(name)}
}
