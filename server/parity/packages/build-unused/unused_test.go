package unused

import "testing"

func TestF(t *testing.T) { F() }
