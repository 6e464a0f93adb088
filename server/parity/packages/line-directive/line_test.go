package line

import "testing"

func TestF(t *testing.T) { F() }
