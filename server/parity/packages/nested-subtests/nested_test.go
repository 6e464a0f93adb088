package nested

import "testing"

func TestNested(t *testing.T) {
	t.Run("a", func(t *testing.T) {
		t.Log("before b")
		t.Run("b", func(t *testing.T) {
			t.Log("before c")
			t.Run("c", func(t *testing.T) { t.Log("in c") })
			t.Log("after c")
			t.Run("d", func(t *testing.T) { t.Error("d fails") })
		})
		t.Log("after b")
	})
	t.Run("e", func(t *testing.T) {
		t.Run("f", func(t *testing.T) { t.Skip("f is skipped") })
	})
	t.Log("after all")
}
