package directives

import "testing"

func TestF(t *testing.T) { F() }
