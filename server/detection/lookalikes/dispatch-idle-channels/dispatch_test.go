package dispatch

import (
	"sync"
	"testing"
)

func TestDoReturnsTheResultOfItsJob(t *testing.T) {
	d := New(3)
	var callers sync.WaitGroup
	for c := range 5 {
		callers.Go(func() {
			for i := range 10 {
				want := 100*c + i
				if got := d.Do(func() int { return want }); got != want {
					t.Errorf("caller %d got %d, want %d", c, got, want)
				}
			}
		})
	}
	callers.Wait()
	d.Close()
}
