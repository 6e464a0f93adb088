package download

import (
	"errors"
	"testing"
	"time"
)

func TestAtMostTwoAtATime(t *testing.T) {
	errLost := errors.New("connection lost")
	slow := func() error { time.Sleep(120 * time.Millisecond); return nil }
	broken := func() error { time.Sleep(120 * time.Millisecond); return errLost }
	l := NewLimiter(2)
	errs := l.All(slow, slow, broken, slow, slow, broken)
	for i, err := range errs {
		if failed := err != nil; failed != (i == 2 || i == 5) {
			t.Errorf("download %d: %v", i, err)
		}
	}
	if peak := l.peak.Load(); peak > 2 {
		t.Errorf("%d downloads at a time, want at most 2", peak)
	}
}
