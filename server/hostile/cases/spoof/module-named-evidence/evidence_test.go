package evidence_test

import (
	"testing"

	"gosandbox/evidence"
)

func TestAnswer(t *testing.T) {
	if got := evidence.Answer(); got != 42 {
		t.Fatalf("Answer() = %d, want 42", got)
	}
}
