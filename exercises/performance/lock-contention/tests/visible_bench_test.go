package shardcache_test

import (
	"strconv"
	"sync/atomic"
	"testing"

	"sandbox/shardcache"
)

var keys = func() (keys [1024]string) {
	for i := range keys {
		keys[i] = "user-" + strconv.Itoa(i)
	}
	return keys
}()

func filled() *shardcache.Cache[int] {
	c := shardcache.New[int](64, hash)
	for i, key := range keys {
		c.Update(key, func(int, bool) int { return i })
	}
	return c
}

func BenchmarkHit(b *testing.B) {
	c := filled()
	compute := func() (int, error) { return 0, nil }
	for i := 0; b.Loop(); i++ {
		c.Get(keys[i%len(keys)], compute)
	}
}

// BenchmarkHitByMany has a key of its own for each goroutine to begin with.
func BenchmarkHitByMany(b *testing.B) {
	c := filled()
	compute := func() (int, error) { return 0, nil }
	var next atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for i := int(next.Add(97)); pb.Next(); i++ {
			c.Get(keys[i%len(keys)], compute)
		}
	})
}
