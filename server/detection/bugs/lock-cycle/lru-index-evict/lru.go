package lru

import (
	"container/list"
	"sync"
)

type entry struct{ key, value string }

// Cache is a bounded cache that drops the entry used longest ago.
type Cache struct {
	max int

	idxMu sync.RWMutex
	idx   map[string]*list.Element
	useMu sync.Mutex
	use   *list.List
}

func New(max int) *Cache {
	return &Cache{max: max, idx: make(map[string]*list.Element), use: list.New()}
}

func (c *Cache) Get(key string) (string, bool) {
	c.idxMu.RLock()
	defer c.idxMu.RUnlock()
	el, ok := c.idx[key]
	if !ok {
		return "", false
	}
	c.useMu.Lock()
	c.use.MoveToFront(el)
	c.useMu.Unlock()
	return el.Value.(entry).value, true
}

func (c *Cache) Put(key, value string) {
	c.useMu.Lock()
	defer c.useMu.Unlock()
	el := c.use.PushFront(entry{key, value})
	c.idxMu.Lock()
	defer c.idxMu.Unlock()
	if old, ok := c.idx[key]; ok {
		c.use.Remove(old)
	}
	c.idx[key] = el
	for c.use.Len() > c.max {
		oldest := c.use.Remove(c.use.Back()).(entry)
		delete(c.idx, oldest.key)
	}
}
