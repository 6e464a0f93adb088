package heartbeat

import (
	"testing"
	"time"
)

func TestBeatsAreNumbered(t *testing.T) {
	seen := make(chan int64, 64)
	h := Start(time.Millisecond, func(seq int64) error {
		select {
		case seen <- seq:
		default:
		}
		return nil
	})
	for want := range int64(3) {
		if got := <-seen; got != want+1 {
			t.Errorf("beat %d, want %d", got, want+1)
		}
	}
	h.Stop()
	if !h.Healthy() {
		t.Error("a beat failed")
	}
}
