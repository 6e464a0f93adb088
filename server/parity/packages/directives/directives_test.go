package directives

import "testing"

func TestSlow(t *testing.T) { t.Log(Slow(1), Tiny()) }
