package shardcache_test

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/shardcache"
)

// linger lets others run for a while.
func linger() {
	for range 20 {
		runtime.Gosched()
	}
}

func TestOneCallForAKey(t *testing.T) {
	const goroutines = 8
	c := shardcache.New[string](2, hash)
	for round := range 40 {
		key := fmt.Sprint("key-", round)
		var calls atomic.Int64
		var all sync.WaitGroup
		for range goroutines {
			all.Go(func() {
				got, err := c.Get(key, func() (string, error) {
					calls.Add(1)
					linger()
					return key, nil
				})
				wantValue(t, got, err, key, "eight goroutines asked for the same key")
			})
		}
		all.Wait()
		if n := calls.Load(); n != 1 {
			t.Fatalf("%d goroutines asked for a new key at the same time, and it was computed %d times, want once", goroutines, n)
		}
	}
}

func TestFailureWithOthersWaiting(t *testing.T) {
	c := shardcache.New[string](2, hash)
	down := errors.New("database is down")
	for range 40 {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := c.Get("a", func() (string, error) {
					linger()
					return "", down
				})
				if !errors.Is(err, down) {
					t.Errorf("eight goroutines asked for a key that cannot be computed: Get returned %v, want the error of compute", err)
				}
			})
		}
		all.Wait()
	}
	got, err := c.Get("a", value("there"))
	wantValue(t, got, err, "there", "compute works again")
}

func TestComputeUsesTheCache(t *testing.T) {
	c := shardcache.New[string](1, hash)
	c.Get("known", value("known"))
	got, err := c.Get("outer", func() (string, error) {
		a, err := c.Get("inner", value("in"))
		if err != nil {
			return "", err
		}
		b, err := c.Get("known", value("new"))
		c.Update("updated", func(string, bool) string { return "up" })
		return fmt.Sprint(a, "+", b, "+", c.Len()), err
	})
	wantValue(t, got, err, "in+known+3", "compute asked for other keys, updated one and counted")
}

func TestUpdateBeatsAComputation(t *testing.T) {
	c := shardcache.New[string](1, hash)
	got, err := c.Get("a", func() (string, error) {
		c.Update("a", func(old string, ok bool) string {
			if ok {
				t.Errorf("the value is still being computed: f was called with (%q, true)", old)
			}
			return "updated"
		})
		return "computed", nil
	})
	wantValue(t, got, err, "computed", "the key was updated while it was computed")
	got, err = c.Get("a", value("again"))
	wantValue(t, got, err, "updated", "the key was updated while it was computed, and the update is newer")
}

func TestUpdatesAreNotLost(t *testing.T) {
	const goroutines, each, keys = 6, 100, 5
	c := shardcache.New[int](3, hash)
	var all sync.WaitGroup
	for g := range goroutines {
		all.Go(func() {
			for i := range each {
				c.Update(fmt.Sprint((g+i)%keys), func(old int, _ bool) int {
					runtime.Gosched() // somebody else may come in between, if the cache lets him
					return old + 1
				})
			}
		})
	}
	all.Wait()
	sum := 0
	for key := range keys {
		n, _ := c.Get(fmt.Sprint(key), func() (int, error) { return 0, nil })
		sum += n
	}
	if sum != goroutines*each {
		t.Errorf("%d goroutines added 1 to one of %d keys %d times each, and the sum is %d", goroutines, keys, each, sum)
	}
}

func TestUpdateDuringAnUpdate(t *testing.T) {
	const rounds = 20
	c := shardcache.New[int](1, hash)
	add := func(old int, _ bool) int { return old + 1 }
	var second sync.WaitGroup
	for range rounds {
		c.Update("a", func(old int, ok bool) int {
			comes := make(chan struct{})
			second.Go(func() {
				close(comes)
				c.Update("a", add)
			})
			<-comes
			linger() // the second one comes in now, if the cache lets it
			return add(old, ok)
		})
		second.Wait()
	}
	if n, _ := c.Get("a", func() (int, error) { return 0, nil }); n != 2*rounds {
		t.Errorf("while an update of a key adds 1 another one begins that adds 1 too; after %d times the value is %d, want %d: of two updates one is lost", rounds, n, 2*rounds)
	}
}

func TestNobodySeesHalfAnUpdate(t *testing.T) {
	c := shardcache.New[*int](1, hash)
	number := new(int)
	c.Update("a", func(*int, bool) *int { return number })
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for range 50 {
				c.Update("a", func(n *int, _ bool) *int {
					next := *n + 1
					return &next
				})
			}
		})
		all.Go(func() {
			last := 0
			for range 50 {
				n, err := c.Get("a", func() (*int, error) { return nil, errors.New("was there already") })
				if err != nil || *n < last {
					t.Errorf("while a number is only counted up, Get returned %v after %d (error %v)", n, last, err)
					return
				}
				last = *n
				c.Len()
			}
		})
	}
	all.Wait()
	if n, _ := c.Get("a", func() (*int, error) { return number, nil }); *n != 100 {
		t.Errorf("two goroutines added 1 fifty times each, and the value is %d", *n)
	}
}

// Two goroutines and one method each: no other call puts in order what only a lock may order, whoever comes first.
func TestGetWhileOneUpdates(t *testing.T) {
	c := shardcache.New[string](1, hash)
	c.Update("a", func(string, bool) string { return "there" })
	var both sync.WaitGroup
	both.Go(func() {
		for range 50 {
			got, err := c.Get("a", value("computed"))
			wantValue(t, got, err, "there", "another key was updated meanwhile")
		}
	})
	both.Go(func() {
		for i := range 50 {
			c.Update(fmt.Sprint(i), func(string, bool) string { return "new" })
		}
	})
	both.Wait()
}

func TestTraffic(t *testing.T) {
	c := shardcache.New[string](4, hash)
	var all sync.WaitGroup
	for g := range 6 {
		all.Go(func() {
			for i := range 80 {
				key := fmt.Sprint("key-", (g*7+i)%40)
				got, err := c.Get(key, value(key))
				wantValue(t, got, err, key, "under traffic")
				if i%10 == 0 {
					c.Update(key, func(string, bool) string { return key })
				}
			}
		})
	}
	all.Wait()
	if n := c.Len(); n != 40 {
		t.Errorf("forty keys were asked for: Len() = %d", n)
	}
}
