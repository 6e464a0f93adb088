package tag

import "testing"

func TestF(t *testing.T) { F() }
