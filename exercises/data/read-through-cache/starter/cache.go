// Package cache keeps what was expensive to load, for a while.
package cache

import (
	"context"
	"errors"
	"time"
)

// ErrCrashed is matched by the error of Get when the loader panicked, or ended its goroutine.
var ErrCrashed = errors.New("cache: loader crashed")

// Loader gets the value of a key from where it comes from.
type Loader[K comparable, V any] func(ctx context.Context, key K) (V, error)

// Cache keeps values that were loaded. Its methods may be called by any number of goroutines.
type Cache[K comparable, V any] struct{}

// New returns an empty cache whose values are good for ttl.
func New[K comparable, V any](ttl time.Duration, load Loader[K, V]) *Cache[K, V] {
	return &Cache[K, V]{}
}

// Get returns the value of key, and loads it if need be.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	return zero, nil
}

// Invalidate forgets the value of key, and what is being loaded for it.
func (c *Cache[K, V]) Invalidate(key K) {
}
