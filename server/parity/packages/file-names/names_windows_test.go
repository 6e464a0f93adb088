package names

import "testing"

func TestWindows(t *testing.T) { t.Error("must not run") }
