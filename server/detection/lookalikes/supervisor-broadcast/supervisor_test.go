package supervisor

import (
	"sync/atomic"
	"testing"
)

func TestCloseWaitsForJobs(t *testing.T) {
	s := New(5)
	var sum atomic.Int64
	for i := range 40 {
		s.Do(func() { sum.Add(int64(i)) })
	}
	if n := s.Close(); n != 40 {
		t.Errorf("%d jobs handled, want 40", n)
	}
	if got := sum.Load(); got != 780 {
		t.Errorf("sum %d, want 780", got)
	}
}

func TestCloseIdle(t *testing.T) {
	if n := New(3).Close(); n != 0 {
		t.Errorf("%d jobs handled, want none", n)
	}
}
