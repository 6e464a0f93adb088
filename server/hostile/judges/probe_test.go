package attack_test

import (
	"testing"

	"sandbox/attack"
)

func TestContained(t *testing.T) {
	for _, breach := range attack.Breaches() {
		t.Errorf("BREACH: %s", breach)
	}
}
