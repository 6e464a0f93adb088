package both

import "testing"

func TestF(t *testing.T) { F() }
