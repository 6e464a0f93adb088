package order

import "testing"

func TestOrder(t *testing.T) {
	defer t.Log("deferred")
	t.Cleanup(func() { t.Log("cleanup 1") })
	t.Cleanup(func() {
		t.Log("cleanup 2")
		t.Cleanup(func() { t.Log("cleanup from a cleanup") })
	})
	t.Run("child", func(t *testing.T) {
		t.Cleanup(func() { t.Log("child's cleanup") })
	})
	t.Log("body")
}

func TestFailsInCleanup(t *testing.T) {
	t.Cleanup(func() { t.Error("found out late") })
}

func TestFatalInCleanup(t *testing.T) {
	t.Cleanup(func() { t.Log("the remaining cleanups still run") })
	t.Cleanup(func() { t.Fatal("fatal in a cleanup") })
}
