package counter

import (
	"sync"
	"testing"
)

func TestStart(t *testing.T) {
	c := New()
	var wg sync.WaitGroup
	c.Start(&wg, 2)
	wg.Wait()
	if c.Total() != 3 {
		t.Errorf("2 hits were counted as %d", c.Total())
	}
}
