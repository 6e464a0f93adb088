package timer

import (
	"testing"
	"time"
)

// Timer channels had room for one value before Go 1.23.
func TestTimerChannel(t *testing.T) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	t.Log("room for", cap(timer.C))
}
