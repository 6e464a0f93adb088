package names

import "testing"

func TestSeen(t *testing.T) {
	for _, name := range seen {
		t.Log(name)
	}
}
