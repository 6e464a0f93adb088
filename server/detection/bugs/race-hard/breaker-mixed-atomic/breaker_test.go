package breaker

import (
	"errors"
	"sync"
	"testing"
)

func TestDoPassesErrorsThrough(t *testing.T) {
	b := New(100)
	errBackend := errors.New("backend unavailable")
	var wg sync.WaitGroup
	for i := range 9 {
		wg.Go(func() {
			var want error
			if i%3 == 2 {
				want = errBackend
			}
			if err := b.Do(func() error { return want }); !errors.Is(err, want) {
				t.Errorf("call %d: got %v, want %v", i, err, want)
			}
		})
	}
	wg.Wait()
}
