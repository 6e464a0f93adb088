package styles

import (
	"sync"
	"testing"
)

func TestGetCompilesOnce(t *testing.T) {
	c := New()
	names := []string{"base", "print", "dark"}
	got := make([][]*Sheet, 6)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			for _, name := range names {
				got[i] = append(got[i], c.Get(name))
			}
		})
	}
	wg.Wait()
	for i, sheets := range got {
		for j, sheet := range sheets {
			if sheet != got[0][j] {
				t.Errorf("goroutine %d has its own copy of %s", i, names[j])
			}
		}
	}
	if c.compiled != len(names) {
		t.Errorf("compiled %d sheets, want %d", c.compiled, len(names))
	}
}
