package count

import "testing"

func TestCount(t *testing.T) { Count() }
