package wrong

import "testing"

func TestTakesInt(n int) {}

func TestFine(t *testing.T) {}
