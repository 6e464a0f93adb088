package fixtures

import "testing"

func TestShared(t *testing.T) { check(t, shared) }
