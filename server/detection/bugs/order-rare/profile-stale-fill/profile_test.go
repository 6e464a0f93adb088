package profile

import (
	"sync"
	"testing"
)

func TestRenameIsSeenAfterConcurrentReads(t *testing.T) {
	db := &DB{names: map[int]string{1: "ada", 2: "grace", 3: "barbara"}}
	c := &Cache{db: db, cached: make(map[int]string)}
	var wg sync.WaitGroup
	for id := 1; id <= 3; id++ {
		wg.Go(func() { c.Get(id) })
		wg.Go(func() { c.Rename(id, "renamed") })
	}
	wg.Wait()
	for id := 1; id <= 3; id++ {
		if got := c.Get(id); got != "renamed" {
			t.Errorf("user %d is %q, want renamed", id, got)
		}
	}
}
