package sub

import "testing"

func TestOuter(t *testing.T) {
	t.Run("fine", func(t *testing.T) {})
	t.Run("panics", func(t *testing.T) {
		t.Run("deep", func(t *testing.T) { panic("deep in a subtest") })
	})
	t.Run("never runs", func(t *testing.T) {})
}
