// Package shardcache keeps values that are dear to compute.
package shardcache

import "sync"

// most is how many values are kept.
const most = 1_000_000

// Cache keeps values by key. Its methods may be called by any number of goroutines.
type Cache[V any] struct {
	hash   func(key string) uint64
	shards []*shard[V]
}

// shard has the values of its keys, and beside them the computations that are under way.
type shard[V any] struct {
	mu     sync.RWMutex // guards the maps, and is held by Update
	values map[string]V
	calls  map[string]*call[V]
}

type call[V any] struct {
	done  chan struct{} // closed when value and err are there
	value V
	err   error
}

// New makes a cache of so many shards, at least one. A key belongs to shard hash(key) % shards.
func New[V any](shards int, hash func(key string) uint64) *Cache[V] {
	c := &Cache[V]{hash: hash}
	for range max(shards, 1) {
		c.shards = append(c.shards, &shard[V]{values: make(map[string]V), calls: make(map[string]*call[V])})
	}
	return c
}

// Get returns the value of key. If there is none it is computed, by one call for all who ask meanwhile, and kept unless
// compute fails.
func (c *Cache[V]) Get(key string, compute func() (V, error)) (V, error) {
	if c.Len() >= most {
		c.clear()
	}
	s := c.shard(key)
	if value, ok := s.value(key); ok {
		return value, nil
	}
	return s.compute(key, compute)
}

// Update replaces the value of key by what f makes of it. Nobody sees or changes the key meanwhile. ok is false where there is
// no value.
func (c *Cache[V]) Update(key string, f func(old V, ok bool) V) {
	s := c.shard(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.values[key]
	s.values[key] = f(old, ok)
}

// Len returns how many values are kept.
func (c *Cache[V]) Len() int {
	n := 0
	for _, s := range c.shards {
		n += s.len()
	}
	return n
}

func (c *Cache[V]) shard(key string) *shard[V] {
	return c.shards[c.hash(key)%uint64(len(c.shards))]
}

func (s *shard[V]) value(key string) (V, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, ok := s.values[key]
	return value, ok
}

func (s *shard[V]) compute(key string, compute func() (V, error)) (V, error) {
	s.mu.Lock()
	if value, ok := s.values[key]; ok { // it came between the two locks
		s.mu.Unlock()
		return value, nil
	}
	if running, ok := s.calls[key]; ok {
		s.mu.Unlock()
		<-running.done
		return running.value, running.err
	}
	own := &call[V]{done: make(chan struct{})}
	s.calls[key] = own
	s.mu.Unlock()

	own.value, own.err = compute() // no lock is held: this may take long, and may use the cache
	s.settle(key, own)
	return own.value, own.err
}

// settle keeps the value of a computation and tells all who wait for it.
func (s *shard[V]) settle(key string, own *call[V]) {
	defer close(own.done)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.calls, key)
	if _, newer := s.values[key]; own.err == nil && !newer {
		s.values[key] = own.value
	}
}

func (c *Cache[V]) clear() {
	for _, s := range c.shards {
		s.mu.Lock()
		clear(s.values)
		s.mu.Unlock()
	}
}

func (s *shard[V]) len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.values)
}
