package patch

import "testing"

func TestPatch(t *testing.T) {}
