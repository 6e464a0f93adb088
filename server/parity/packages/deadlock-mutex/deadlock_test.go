package deadlock

import "testing"

func TestOuter(t *testing.T) { new(Box).Outer() }
