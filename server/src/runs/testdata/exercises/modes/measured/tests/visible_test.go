package join_test

import (
	"testing"

	"sandbox/join"
)

func TestVisible(t *testing.T) {
	if got := join.Join([]string{"a", "b"}); got != "ab" {
		t.Errorf("Join(a, b) = %q", got)
	}
}
