package peer

import (
	"sync"
	"testing"
)

func TestTransfer(t *testing.T) {
	a, b := New(), New()
	var both, wg sync.WaitGroup
	both.Add(2)
	wg.Go(func() { a.Transfer(b, &both) })
	wg.Go(func() { b.Transfer(a, &both) })
	wg.Wait()
}
