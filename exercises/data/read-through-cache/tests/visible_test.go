package cache_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/cache"
)

var errDown = errors.New("down")

// source is where values come from. Every load gets another value: "key#1", "key#2", …
type source struct {
	takes time.Duration // virtual

	mu    sync.Mutex
	loads map[string]int
	fails bool
}

func (s *source) load(ctx context.Context, key string) (string, error) {
	s.mu.Lock()
	if s.loads == nil {
		s.loads = make(map[string]int)
	}
	s.loads[key]++
	value, fails := fmt.Sprintf("%s#%d", key, s.loads[key]), s.fails
	s.mu.Unlock()
	if s.takes > 0 {
		time.Sleep(s.takes)
	}
	if fails {
		return value, errDown
	}
	return value, nil
}

func (s *source) count(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loads[key]
}

func expect(t *testing.T, c *cache.Cache[string, string], key, want, when string) {
	t.Helper()
	if got, err := c.Get(t.Context(), key); got != want || err != nil {
		t.Errorf("%s: Get(%q) returned (%q, %v), want %q", when, key, got, err, want)
	}
}

func TestLoadsOnceWithinTheTTL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: time.Second}
		c := cache.New(time.Minute, s.load)
		expect(t, c, "kettle", "kettle#1", "nothing is cached")
		time.Sleep(59 * time.Second)
		expect(t, c, "kettle", "kettle#1", "59s after the load ended, the TTL is 1m")
		time.Sleep(1001 * time.Millisecond)
		expect(t, c, "kettle", "kettle#2", "more than a TTL after the load ended")
		expect(t, c, "pot", "pot#1", "another key")
	})
}

func TestCallersShareALoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: time.Second}
		c := cache.New(time.Minute, s.load)
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { expect(t, c, "kettle", "kettle#1", "20 callers need the same key at the same time") })
		}
		wg.Wait()
		if n := s.count("kettle"); n != 1 {
			t.Errorf("20 callers needed the same key at the same time, and it was loaded %d times", n)
		}
	})
}

func TestErrorsAreNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: time.Second, fails: true}
		c := cache.New(time.Minute, s.load)
		if got, err := c.Get(t.Context(), "kettle"); got != "" || !errors.Is(err, errDown) {
			t.Errorf(`the load failed: Get returned (%q, %v), want ("", down)`, got, err)
		}
		s.mu.Lock()
		s.fails = false
		s.mu.Unlock()
		expect(t, c, "kettle", "kettle#2", "the load before had failed")
	})
}

func TestInvalidateForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := cache.New(time.Minute, (&source{}).load)
		expect(t, c, "kettle", "kettle#1", "nothing is cached")
		expect(t, c, "pot", "pot#1", "nothing is cached")
		c.Invalidate("kettle")
		expect(t, c, "kettle", "kettle#2", "after Invalidate")
		expect(t, c, "pot", "pot#1", "after Invalidate of another key")
		c.Invalidate("lid")
	})
}
