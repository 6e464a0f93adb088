package cleanup

import "testing"

func TestCleanup(t *testing.T) {
	t.Cleanup(func() { t.Log("registered first, runs last") })
	t.Cleanup(func() { panic("cleanup went wrong") })
	t.Log("body is done")
}
