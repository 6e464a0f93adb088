package first

import "testing"

func TestAll(t *testing.T) {
	call := func() error { return nil }
	All(call, call, call)
}
