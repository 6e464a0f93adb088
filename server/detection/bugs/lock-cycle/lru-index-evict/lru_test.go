package lru

import (
	"sync"
	"testing"
)

func TestCacheUnderLoad(t *testing.T) {
	c := New(2)
	var wg sync.WaitGroup
	for _, key := range []string{"a", "b", "c", "d"} {
		wg.Go(func() {
			for range 25 {
				c.Put(key, "v-"+key)
				if v, ok := c.Get(key); ok && v != "v-"+key {
					t.Errorf("Get(%q) = %q", key, v)
				}
			}
		})
	}
	wg.Wait()
}
