package duplicate

import "testing"

func TestSame(t *testing.T) {}
