package resolver

import (
	"sync"
	"testing"
)

func TestLookupFetchesOnce(t *testing.T) {
	fetched := 0
	r := &Resolver{Fetch: func() (map[string]string, error) {
		fetched++
		return map[string]string{"db-1": "eu-a", "db-2": "eu-b"}, nil
	}}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if zone, err := r.Lookup("db-2"); err != nil || zone != "eu-b" {
				t.Errorf("Lookup = %q, %v", zone, err)
			}
		})
	}
	wg.Wait()
	if fetched != 1 {
		t.Errorf("table fetched %d times", fetched)
	}
}
