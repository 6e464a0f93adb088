package limits

import (
	"sync/atomic"
	"testing"
)

var inside, most atomic.Int32

func TestSerialParent(t *testing.T) {
	t.Run("outer", func(t *testing.T) {
		for range 2 {
			t.Run("inner", func(t *testing.T) {
				t.Parallel()
				if now := inside.Add(1); now > most.Load() {
					most.Store(now)
				}
				inside.Add(-1)
			})
		}
	})
	if inside.Load() != 0 {
		t.Error("a child outlived its parent's Run")
	}
}
