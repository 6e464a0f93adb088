package cache

import (
	"crypto/sha256"
	"sync"
)

type Cache struct {
	mu     sync.Mutex
	values map[string][32]byte
}

func New() *Cache { return &Cache{values: map[string][32]byte{}} }

// Get computes while it holds the lock: everybody else waits.
func (c *Cache) Get(key string) [32]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	if value, ok := c.values[key]; ok {
		return value
	}
	value := slow(key)
	c.values[key] = value
	return value
}

func slow(key string) (sum [32]byte) {
	text := make([]byte, 64<<10)
	copy(text, key)
	for range 12 {
		sum = sha256.Sum256(text)
	}
	return sum
}
