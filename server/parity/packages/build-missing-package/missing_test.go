package missing

import "testing"

func TestMissing(t *testing.T) {}
