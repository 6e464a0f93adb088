package crlf

import "testing"

func TestRaw(t *testing.T) {
	t.Logf("%q", `two
lines`)
}
