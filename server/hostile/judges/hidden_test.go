package attack_test

import (
	"testing"

	"sandbox/attack"
)

// hiddenNote must never reach a client: HIDDEN-COMMENT-b1946ac9.
const hiddenNote = "HIDDEN-LITERAL-591785b7"

func TestSecret(t *testing.T) {
	attack.Logf("%d is only a word here", "HIDDEN-ARGUMENT-6e57d1f1")
	if got := attack.Secret(len(hiddenNote)); got == "HIDDEN-EXPECTED-a3db5c13" || got == hiddenNote {
		t.Error("Secret gave the hidden test's own text")
	}
}
