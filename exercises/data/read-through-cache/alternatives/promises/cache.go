// Package cache keeps what was expensive to load, for a while.
package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// ErrCrashed is matched by the error of Get when the loader panicked, or ended its goroutine.
var ErrCrashed = errors.New("cache: loader crashed")

// Loader gets the value of a key from where it comes from.
type Loader[K comparable, V any] func(ctx context.Context, key K) (V, error)

// Cache is a map of promises. A value is a promise that was kept.
type Cache[K comparable, V any] struct {
	ttl      time.Duration
	load     Loader[K, V]
	promises sync.Map // of K to *promise[V]
}

// promise is a value that is there, or will be.
type promise[V any] struct {
	cancel context.CancelFunc
	wanted atomic.Int64 // by how many; broken: nobody may join

	kept  chan struct{} // closed once all below is final
	value V
	err   error
	until time.Time
}

const broken = -1

// New returns an empty cache whose values are good for ttl.
func New[K comparable, V any](ttl time.Duration, load Loader[K, V]) *Cache[K, V] {
	return &Cache[K, V]{ttl: ttl, load: load}
}

// Get returns the value of key, and loads it if need be.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	for ctx.Err() == nil {
		p, mine := c.find(ctx, key)
		if !mine && !p.join() {
			c.promises.CompareAndDelete(key, p)
			continue
		}
		select {
		case <-p.kept:
			if !mine && p.stale() {
				c.promises.CompareAndDelete(key, p)
				continue
			}
			return p.value, p.err
		case <-ctx.Done():
			if p.leave() {
				c.promises.CompareAndDelete(key, p)
				p.cancel()
			}
		}
	}
	return zero, ctx.Err()
}

// find returns the promise for key; mine says that it is a new one, made for this caller.
func (c *Cache[K, V]) find(ctx context.Context, key K) (p *promise[V], mine bool) {
	if found, ok := c.promises.Load(key); ok {
		return found.(*promise[V]), false
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	p = &promise[V]{cancel: cancel, kept: make(chan struct{})}
	p.wanted.Store(1)
	if found, ok := c.promises.LoadOrStore(key, p); ok {
		cancel()
		return found.(*promise[V]), false
	}
	go c.keep(ctx, key, p)
	return p, true
}

// keep loads what was promised.
func (c *Cache[K, V]) keep(ctx context.Context, key K, p *promise[V]) {
	defer p.cancel()
	returned := false
	defer func() {
		if !returned {
			p.err = fmt.Errorf("%w: %v", ErrCrashed, recover())
		}
		if p.err != nil {
			var zero V
			p.value = zero
			c.promises.CompareAndDelete(key, p)
		}
		p.until = time.Now().Add(c.ttl)
		close(p.kept)
	}()
	p.value, p.err = c.load(ctx, key)
	returned = true
}

// Invalidate forgets the value of key, and what is being loaded for it.
func (c *Cache[K, V]) Invalidate(key K) {
	c.promises.Delete(key)
}

// stale is for promises that were kept.
func (p *promise[V]) stale() bool {
	return p.err == nil && !time.Now().Before(p.until)
}

// join reports false for a promise that the last one has left.
func (p *promise[V]) join() bool {
	for {
		n := p.wanted.Load()
		if n == broken {
			return false
		}
		if p.wanted.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// leave reports whether the promise was not kept yet and nobody wants it any more.
func (p *promise[V]) leave() bool {
	if p.wanted.Add(-1) > 0 {
		return false
	}
	select {
	case <-p.kept:
		return false
	default:
		return p.wanted.CompareAndSwap(0, broken)
	}
}
