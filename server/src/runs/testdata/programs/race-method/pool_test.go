package pool

import (
	"sync"
	"testing"
)

func TestOther(t *testing.T) {}

func TestInc(t *testing.T) {
	var c C
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(c.Inc)
	}
	wg.Wait()
}
