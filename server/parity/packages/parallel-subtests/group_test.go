package group

import "testing"

func TestGroup(t *testing.T) {
	t.Cleanup(func() { t.Log("cleanup of the group") })
	for _, name := range []string{"a", "b", "c"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Cleanup(func() { t.Log("cleanup of " + name) })
			t.Log("body of " + name)
			if name == "b" {
				t.Skip("b is skipped")
			}
		})
	}
	t.Log("body of the group ends before its children")
}

func TestAfter(t *testing.T) { t.Log("after the group") }
