package initial

import "testing"

func TestNothing(t *testing.T) {}
