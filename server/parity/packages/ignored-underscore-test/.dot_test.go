package a

import "testing"

func TestDotted(t *testing.T) { t.Error("must not run") }
