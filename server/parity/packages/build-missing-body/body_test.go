package body

import "testing"

func TestFast(t *testing.T) { Fast(1) }
