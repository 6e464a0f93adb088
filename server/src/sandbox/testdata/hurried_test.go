package contract

import (
	"testing"
	"time"
)

// TestHurried comes to no end where it has little time, and to one at once where it has more.
func TestHurried(t *testing.T) {
	if deadline, ok := t.Deadline(); ok && time.Until(deadline) < time.Second {
		time.Sleep(time.Minute)
	}
}
