package pool

import "testing"

func TestSize(t *testing.T) {
	if Size() != 1 {
		t.Error("no size")
	}
}
