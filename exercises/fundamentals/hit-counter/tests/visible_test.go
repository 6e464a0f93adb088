package hits_test

import (
	"maps"
	"sync"
	"testing"

	"sandbox/hits"
)

func TestCountsByPage(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	c.Hit("/")
	c.Hit("/about")

	if got := c.Count("/"); got != 2 {
		t.Errorf(`Count("/") = %d after 2 hits of "/"`, got)
	}
	if got := c.Count("/missing"); got != 0 {
		t.Errorf(`Count("/missing") = %d, but the page was never hit`, got)
	}
	if got := c.Total(); got != 3 {
		t.Errorf("Total() = %d after 3 hits", got)
	}
	want := map[string]int{"/": 2, "/about": 1}
	if s := c.Snapshot(); s.Total != 3 || !maps.Equal(s.Pages, want) {
		t.Errorf("Snapshot() = %+v, want total 3 and pages %v", s, want)
	}
}

func TestHitsFromManyGoroutines(t *testing.T) {
	const goroutines, each = 8, 250
	c := hits.New()

	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range each {
				c.Hit("/")
			}
		})
	}
	wg.Wait()

	if got := c.Total(); got != goroutines*each {
		t.Errorf("Total() = %d after %d goroutines hit %d times each: %d hits were lost", got, goroutines, each, goroutines*each-got)
	}
}

func TestSnapshotBelongsToItsCaller(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	s := c.Snapshot()

	s.Pages["/"] = 100
	if got := c.Count("/"); got != 1 {
		t.Errorf(`changing a snapshot changed the counter: Count("/") = %d after 1 hit`, got)
	}
	c.Hit("/about")
	if _, ok := s.Pages["/about"]; ok {
		t.Error("a snapshot changed after it was returned: it shows a hit that came later")
	}
}

func TestDrainStartsAgain(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	c.Hit("/about")

	s := c.Drain()
	if want := map[string]int{"/": 1, "/about": 1}; s.Total != 2 || !maps.Equal(s.Pages, want) {
		t.Errorf("Drain() = %+v, want total 2 and pages %v", s, want)
	}
	if after := c.Snapshot(); after.Total != 0 || len(after.Pages) != 0 {
		t.Errorf("the counter still holds %+v after Drain", after)
	}
}
