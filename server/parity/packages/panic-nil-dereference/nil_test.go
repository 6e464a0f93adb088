package nilptr

import "testing"

type node struct{ next *node }

func TestNil(t *testing.T) {
	var n *node
	if n.next != nil {
		t.Log("unreachable")
	}
}
