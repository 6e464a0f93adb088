package skip

import "testing"

func TestOnlySkipped(t *testing.T) { t.Skip("nothing to see") }
