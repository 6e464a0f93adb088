package routes

import (
	"fmt"
	"sync"
	"testing"
)

func TestMatchWhileRoutesAreAdded(t *testing.T) {
	m := New(map[string]string{"/": "index"})
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			for i := range 20 {
				m.Add(fmt.Sprintf("/%d/%d", w, i), "page")
			}
		})
	}
	for range 4 {
		wg.Go(func() {
			for range 200 {
				if h, ok := m.Match("/"); !ok || h != "index" {
					t.Errorf("/ goes to %q", h)
				}
			}
		})
	}
	wg.Wait()
	for _, path := range []string{"/0/0", "/0/19", "/1/0", "/1/19"} {
		if _, ok := m.Match(path); !ok {
			t.Errorf("no route for %s", path)
		}
	}
}
