package env

import "testing"

func TestSetenvInParallel(t *testing.T) {
	t.Parallel()
	t.Setenv("PARITY_COLOUR", "blue")
}
