package generic

import "testing"

func TestGeneric[V any](t *testing.T) {}
