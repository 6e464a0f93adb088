package catalog

import (
	"fmt"
	"sync"
	"testing"
)

func TestCheckWhileProductsAreAdded(t *testing.T) {
	c := New()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			last := 0
			for range 10 {
				products, missing := c.Check()
				if missing != 0 || products < last {
					t.Errorf("%d products after %d, %d missing", products, last, missing)
				}
				last = products
			}
		})
	}
	wg.Go(func() {
		for id := range 20 {
			c.Add(id, fmt.Sprint("product ", id))
		}
	})
	wg.Wait()
	if products, _ := c.Check(); products != 20 {
		t.Errorf("%d products, want 20", products)
	}
}
