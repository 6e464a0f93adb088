package pool

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := New().Idle(); got != time.Minute {
			t.Fatalf("an idle pool lives for %v, want 1m0s", got)
		}
	})
}
