package attack_test

import (
	"testing"

	"sandbox/attack"
)

func TestAnswer(t *testing.T) {
	if got := attack.Answer(); got != 42 {
		t.Fatalf("Answer() = %d, want 42", got)
	}
}

func TestAnswerAgain(t *testing.T) {
	if got := attack.Answer(); got != 42 {
		t.Errorf("Answer() = %d, want 42", got)
	}
}
