package ledger

import (
	"sync"
	"testing"
)

func TestTransfersKeepTheSum(t *testing.T) {
	accounts := []*Account{Open(1, 1000), Open(2, 1000), Open(3, 1000)}
	var wg sync.WaitGroup
	for i, from := range accounts {
		for j, to := range accounts {
			wg.Go(func() {
				for range 50 {
					// running out of money is fine
					_ = Transfer(from, to, int64(7*i+3*j+1))
				}
			})
		}
	}
	wg.Wait()
	sum := int64(0)
	for _, a := range accounts {
		sum += a.Balance()
	}
	if sum != 3000 {
		t.Errorf("sum %d, want 3000", sum)
	}
}
