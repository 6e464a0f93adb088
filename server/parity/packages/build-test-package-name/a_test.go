package other

import "testing"

func TestA(t *testing.T) {}
