package supervisor

import (
	"sync/atomic"
	"testing"
)

func TestStopLetsTasksFinish(t *testing.T) {
	s := New()
	var ran atomic.Int64
	for _, name := range []string{"vacuum", "reindex", "rotate"} {
		s.Launch(name, func() { ran.Add(1) })
	}
	names := s.Stop()
	if len(names) > 3 || ran.Load() != 3 {
		t.Errorf("%d tasks ran, finished: %q", ran.Load(), names)
	}
}
