package cache

import (
	"strconv"
	"sync"
	"testing"
)

func TestManyAtOnce(t *testing.T) {
	c := New()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for k := range 6 {
				c.Get(strconv.Itoa(i*k))
			}
		})
	}
	wg.Wait()
}
