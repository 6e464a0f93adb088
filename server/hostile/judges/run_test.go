package attack_test

import (
	"testing"

	"sandbox/attack"
)

func TestRun(t *testing.T) {
	attack.Run()
}
