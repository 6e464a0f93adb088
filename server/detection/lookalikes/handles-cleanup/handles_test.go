package handles

import (
	"runtime"
	"testing"
	"time"
)

func TestCloseIsCountedOnce(t *testing.T) {
	var table Table
	for _, name := range []string{"a", "b", "c"} {
		h := table.Open(name)
		if h.Name() != name {
			t.Errorf("handle %s is named %s", name, h.Name())
		}
		h.Close()
	}
	runtime.GC()
	if open, forgotten := table.open.Load(), table.forgotten.Load(); open != 0 || forgotten != 0 {
		t.Errorf("%d open, %d forgotten, want none", open, forgotten)
	}
}

func TestForgottenHandlesAreCollected(t *testing.T) {
	var table Table
	for range 5 {
		table.Open("forgotten")
	}
	for range 100 {
		runtime.GC()
		if table.open.Load() == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	// The collector gives no guarantee, so this is no failure.
	t.Logf("%d handles not collected yet", table.open.Load())
}
