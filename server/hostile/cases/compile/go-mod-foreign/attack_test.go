package attack

import "testing"

func TestNothing(t *testing.T) {}
