package clock

import (
	"sync"
	"testing"
	"time"
)

func TestNowNeverGoesBack(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			last := Now()
			for range 500 {
				next := Now()
				if next < last {
					t.Errorf("clock went from %v back to %v", last, next)
				}
				last = next
			}
		})
	}
	wg.Wait()
}

func TestNowAdvances(t *testing.T) {
	first := Now()
	for Now() == first {
		time.Sleep(time.Millisecond)
	}
}
