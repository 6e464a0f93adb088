package shardcache_test

import (
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"testing"

	"sandbox/shardcache"
)

var seed = maphash.MakeSeed()

func hash(key string) uint64 { return maphash.String(seed, key) }

// value is a compute that returns v.
func value(v string) func() (string, error) {
	return func() (string, error) { return v, nil }
}

func wantValue(t *testing.T, got string, err error, want, when string) {
	t.Helper()
	if got != want || err != nil {
		t.Errorf("%s: Get returned (%q, %v), want (%q, nil)", when, got, err, want)
	}
}

func TestComputedOnce(t *testing.T) {
	for _, shards := range []int{-1, 0, 1, 7} {
		c := shardcache.New[string](shards, hash)
		for i := range 10 {
			key := fmt.Sprint("key-", i)
			got, err := c.Get(key, value("first"))
			wantValue(t, got, err, "first", "there was no value")
			got, err = c.Get(key, value("second"))
			wantValue(t, got, err, "first", "there was a value already")
		}
		if n := c.Len(); n != 10 {
			t.Errorf("ten keys were computed in a cache of %d shards: Len() = %d", shards, n)
		}
	}
}

func TestFailureIsNotKept(t *testing.T) {
	c := shardcache.New[string](1, hash)
	down := errors.New("database is down")
	for range 2 {
		if got, err := c.Get("a", func() (string, error) { return "half a value", down }); !errors.Is(err, down) {
			t.Errorf("compute failed: Get returned (%q, %v), want its error", got, err)
		}
	}
	if n := c.Len(); n != 0 {
		t.Errorf("nothing could be computed: Len() = %d", n)
	}
	got, err := c.Get("a", value("there"))
	wantValue(t, got, err, "there", "compute works again")
}

func TestUpdate(t *testing.T) {
	c := shardcache.New[string](4, hash)
	c.Update("a", func(old string, ok bool) string {
		if ok || old != "" {
			t.Errorf("there was no value: f was called with (%q, %t)", old, ok)
		}
		return "one"
	})
	c.Update("a", func(old string, ok bool) string {
		if !ok || old != "one" {
			t.Errorf(`the value was "one": f was called with (%q, %t)`, old, ok)
		}
		return old + "+"
	})
	got, err := c.Get("a", value("computed"))
	wantValue(t, got, err, "one+", "the value was updated twice")
	if n := c.Len(); n != 1 {
		t.Errorf("one key was updated: Len() = %d", n)
	}
}

func TestDifferentKeysAtTheSameTime(t *testing.T) {
	const keys = 8
	c := shardcache.New[string](1, hash) // all of them in one shard
	var inside, all sync.WaitGroup
	inside.Add(keys)
	for i := range keys {
		all.Go(func() {
			got, err := c.Get(fmt.Sprint("key-", i), func() (string, error) {
				inside.Done()
				inside.Wait() // until all eight are being computed
				return fmt.Sprint(i), nil
			})
			wantValue(t, got, err, fmt.Sprint(i), "eight keys were computed at the same time")
		})
	}
	all.Wait()
}
