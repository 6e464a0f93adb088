package wrong

import "testing"

func TestReturns(t *testing.T) error { return nil }
