package types

import "testing"

func TestName(t *testing.T) {
	var n int = Name()
	if n == nil {
		t.Fatal("n", n)
	}
	t.Nothing()
}
