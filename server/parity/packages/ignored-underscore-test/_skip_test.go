package a

import "testing"

func TestIgnored(t *testing.T) { t.Error("must not run") }
