// Package cache keeps what was expensive to load, for a while.
package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrCrashed is matched by the error of Get when the loader panicked, or ended its goroutine.
var ErrCrashed = errors.New("cache: loader crashed")

// Loader gets the value of a key from where it comes from.
type Loader[K comparable, V any] func(ctx context.Context, key K) (V, error)

// Cache keeps values that were loaded. Its methods may be called by any number of goroutines.
type Cache[K comparable, V any] struct {
	ttl  time.Duration
	load Loader[K, V]

	mu     sync.Mutex // guards all below; never held while loading
	values map[K]entry[V]
	loads  map[K]*flight[V] // those that callers may join
}

type entry[V any] struct {
	value V
	until time.Time
}

// flight is a load under way. It may store its result only while it is registered in Cache.loads.
type flight[V any] struct {
	cancel  context.CancelFunc
	waiting int // how many want the result; guarded by Cache.mu

	done  chan struct{} // closed once value and err are final
	value V
	err   error
}

// New returns an empty cache whose values are good for ttl.
func New[K comparable, V any](ttl time.Duration, load Loader[K, V]) *Cache[K, V] {
	return &Cache[K, V]{ttl: ttl, load: load, values: make(map[K]entry[V]), loads: make(map[K]*flight[V])}
}

// Get returns the value of key, and loads it if need be.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	value, f := c.lookUp(ctx, key)
	if f == nil {
		return value, nil
	}
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		c.leave(key, f)
		return zero, ctx.Err()
	}
}

// lookUp returns the cached value, or else the load to wait for.
func (c *Cache[K, V]) lookUp(ctx context.Context, key K) (V, *flight[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.values[key]; ok && time.Now().Before(e.until) {
		return e.value, nil
	}
	f := c.start(ctx, key)
	f.waiting++
	var zero V
	return zero, f
}

// start begins a load for all that will want key. c.mu is held.
func (c *Cache[K, V]) start(ctx context.Context, key K) *flight[V] {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // the load outlives the caller that happened to be first
	f := &flight[V]{cancel: cancel, done: make(chan struct{})}
	c.loads[key] = f
	go func() {
		defer cancel()
		f.err = fmt.Errorf("%w: its goroutine has ended", ErrCrashed) // holds unless the loader returns
		defer func() {
			if r := recover(); r != nil {
				f.err = fmt.Errorf("%w: %v", ErrCrashed, r)
			}
			c.land(key, f)
		}()
		f.value, f.err = c.load(ctx, key)
	}()
	return f
}

// land takes the result of a load that has ended.
func (c *Cache[K, V]) land(key K, f *flight[V]) {
	if f.err != nil {
		var zero V
		f.value = zero
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	close(f.done)
	if c.loads[key] != f {
		return // invalidated or abandoned
	}
	delete(c.loads, key)
	if f.err == nil {
		c.values[key] = entry[V]{f.value, time.Now().Add(c.ttl)}
	}
}

// leave is for callers that do not wait any longer. The last one ends the load.
func (c *Cache[K, V]) leave(key K, f *flight[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.waiting--
	if f.waiting > 0 {
		return
	}
	f.cancel()
	if c.loads[key] == f {
		delete(c.loads, key)
	}
}

// Invalidate forgets the value of key, and what is being loaded for it.
func (c *Cache[K, V]) Invalidate(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.values, key)
	delete(c.loads, key) // those that wait have it by pointer
}
