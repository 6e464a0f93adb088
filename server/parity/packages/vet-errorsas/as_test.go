package as

import "testing"

func TestIs(t *testing.T) { Is(nil) }
