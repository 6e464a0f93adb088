package lease

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestTryAcquireSingleOwner(t *testing.T) {
	l, now := New(time.Minute), time.Now()
	errs := make([]error, 6)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = l.TryAcquire(fmt.Sprintf("node-%d", i), now) })
	}
	wg.Wait()

	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, ErrHeld) {
			t.Errorf("unexpected error %v", err)
		}
	}
	if won != 1 || l.Owner(now) == "" {
		t.Errorf("%d owners got the lease, want 1", won)
	}
}
