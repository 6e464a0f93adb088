package vendored

import "testing"

func TestNothing(t *testing.T) {}
