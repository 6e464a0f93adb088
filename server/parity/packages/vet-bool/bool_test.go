package boolean

import "testing"

func TestIs(t *testing.T) { Is(1) }
