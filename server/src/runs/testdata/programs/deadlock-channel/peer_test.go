package peer

import (
	"sync"
	"testing"
)

func TestExchange(t *testing.T) {
	a, b := New(), New()
	var wg sync.WaitGroup
	wg.Go(func() { a.Exchange(b, 1) })
	wg.Go(func() { b.Exchange(a, 2) })
	wg.Wait()
}
