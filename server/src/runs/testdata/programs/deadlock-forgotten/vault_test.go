package vault

import (
	"sync"
	"testing"
)

func TestTake(t *testing.T) {
	v := &Vault{n: 3}
	var wg sync.WaitGroup
	wg.Go(func() { v.Take(5) })
	wg.Wait()
	if v.Left() != 3 {
		t.Fatal("no")
	}
}
