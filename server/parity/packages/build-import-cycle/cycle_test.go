package cycle

import "testing"

func TestF(t *testing.T) { F() }
