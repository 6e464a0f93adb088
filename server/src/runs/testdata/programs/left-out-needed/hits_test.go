package hits_test

import (
	"testing"

	"sandbox/hits"
)

func TestCount(t *testing.T) {
	if hits.Count() != 1 {
		t.Error("no count")
	}
}
