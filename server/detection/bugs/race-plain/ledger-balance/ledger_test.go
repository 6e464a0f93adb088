package ledger

import (
	"sync"
	"testing"
)

func TestBalanceNeverBelowOwnPostings(t *testing.T) {
	l := New()
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			l.Post("cash", 10)
			if b, ok := l.Balance("cash"); !ok || b < 10 {
				t.Errorf("Balance = %d, %v after posting 10", b, ok)
			}
		})
	}
	wg.Wait()
	if b, _ := l.Balance("cash"); b != 120 {
		t.Errorf("final balance %d, want 120", b)
	}
}
