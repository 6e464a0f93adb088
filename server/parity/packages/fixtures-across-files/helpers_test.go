package fixtures

import "testing"

var shared = 3

func check(t *testing.T, n int) {
	t.Helper()
	if n != 4 {
		t.Errorf("got %d", n)
	}
}
