package shardcache_test

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gosandbox/measure"
	"sandbox/shardcache"
)

// patience is how long the gate stays closed for those who wait at it. Who does not wait opens it at once.
const patience = time.Second

// numbered is a hash that tests can foresee: the key "name#7" belongs to shard 7.
func numbered(key string) uint64 {
	_, number, _ := strings.Cut(key, "#")
	n, _ := strconv.ParseUint(number, 10, 64)
	return n
}

func TestOtherShardsDoNotWait(t *testing.T) {
	const shards = 64
	c := shardcache.New[int](shards, numbered)
	for i := range shards {
		c.Update(fmt.Sprint("old#", i), func(int, bool) int { return i })
	}
	entered, others := make(chan struct{}), make(chan struct{})
	waited := false
	var updating, using sync.WaitGroup
	updating.Go(func() {
		c.Update("held#0", func(int, bool) int {
			close(entered)
			select {
			case <-others:
			case <-time.After(patience):
				waited = true
			}
			return 0
		})
	})
	<-entered // one key of shard 0 is being updated
	for i := 1; i < shards; i++ {
		using.Go(func() {
			c.Get(fmt.Sprint("old#", i), func() (int, error) { return i, nil })
			c.Get(fmt.Sprint("new#", i), func() (int, error) { return i, nil })
			c.Update(fmt.Sprint("old#", i), func(n int, _ bool) int { return n + 1 })
		})
	}
	go func() {
		using.Wait()
		close(others)
	}()
	updating.Wait()
	<-others
	if waited {
		t.Errorf("while a key of shard 0 was updated, the other %d shards were used, and somebody waited for the end of that update: he would have waited for ever, the gate gave way after %v", shards-1, patience)
	}
}

func TestAllocationsOfAHit(t *testing.T) {
	c := shardcache.New[int](16, numbered)
	compute := func() (int, error) { return 7, nil }
	var keys [100]string
	for i := range keys {
		keys[i] = fmt.Sprint("a-key-as-they-are-in-production#", i)
		c.Get(keys[i], compute)
	}
	got := measure.Allocs(func() {
		for _, key := range keys {
			c.Get(key, compute)
		}
	})
	if got > 10 {
		t.Errorf("%.0f allocations for 100 values that were all there, at most 10 are allowed", got)
	}
}
