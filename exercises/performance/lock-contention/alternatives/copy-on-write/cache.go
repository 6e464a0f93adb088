// Package shardcache keeps values that are dear to compute.
package shardcache

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Cache keeps values by key. Its methods may be called by any number of goroutines.
type Cache[V any] struct {
	hash   func(key string) uint64
	shards []shard[V]
}

// shard has a map that never changes. Who writes puts a changed copy in its place; who reads needs no lock, unless an Update is
// going on, which hides the map.
type shard[V any] struct {
	values atomic.Pointer[map[string]V] // nil while an Update is going on

	writing sync.Mutex
	calls   map[string]*call[V]
}

type call[V any] struct {
	sync.WaitGroup
	value V
	err   error
}

// New makes a cache of so many shards, at least one. A key belongs to shard hash(key) % shards.
func New[V any](shards int, hash func(key string) uint64) *Cache[V] {
	c := &Cache[V]{hash: hash, shards: make([]shard[V], max(shards, 1))}
	for i := range c.shards {
		c.shards[i].calls = make(map[string]*call[V])
		c.shards[i].values.Store(&map[string]V{})
	}
	return c
}

// Get returns the value of key. If there is none it is computed, by one call for all who ask meanwhile, and kept unless
// compute fails.
func (c *Cache[V]) Get(key string, compute func() (V, error)) (V, error) {
	s := &c.shards[c.hash(key)%uint64(len(c.shards))]
	if values := s.values.Load(); values != nil {
		if value, ok := (*values)[key]; ok {
			return value, nil
		}
	}
	s.writing.Lock()
	if value, ok := (*s.values.Load())[key]; ok {
		s.writing.Unlock()
		return value, nil
	}
	own, running := s.calls[key]
	if running {
		s.writing.Unlock()
		own.Wait()
		return own.value, own.err
	}
	own = &call[V]{}
	own.Add(1)
	defer own.Done()
	s.calls[key] = own
	s.writing.Unlock()

	own.value, own.err = compute()

	s.writing.Lock()
	defer s.writing.Unlock()
	delete(s.calls, key)
	if _, newer := (*s.values.Load())[key]; own.err == nil && !newer {
		s.store(*s.values.Load(), key, own.value)
	}
	return own.value, own.err
}

// Update replaces the value of key by what f makes of it. Nobody sees or changes the key meanwhile. ok is false where there is
// no value.
func (c *Cache[V]) Update(key string, f func(old V, ok bool) V) {
	s := &c.shards[c.hash(key)%uint64(len(c.shards))]
	s.writing.Lock()
	defer s.writing.Unlock()
	values := *s.values.Swap(nil)
	old, ok := values[key]
	s.store(values, key, f(old, ok))
}

// Len returns how many values are kept.
func (c *Cache[V]) Len() int {
	n := 0
	for i := range c.shards {
		s := &c.shards[i]
		s.writing.Lock()
		n += len(*s.values.Load())
		s.writing.Unlock()
	}
	return n
}

// store makes a copy with one more value. The caller holds the lock.
func (s *shard[V]) store(values map[string]V, key string, value V) {
	values = maps.Clone(values)
	values[key] = value
	s.values.Store(&values)
}
