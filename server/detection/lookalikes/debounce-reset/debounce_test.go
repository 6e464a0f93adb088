package debounce

import (
	"testing"
	"time"
)

func TestLastValueSettles(t *testing.T) {
	d := New(5 * time.Millisecond)
	defer d.Close()
	for _, typed := range []string{"g", "go", "gol", "gola", "golan", "golang"} {
		d.Set(typed)
		time.Sleep(time.Millisecond)
	}
	if got := <-d.Settled(); got != "golang" {
		t.Errorf("settled on %q, want golang", got)
	}
}
