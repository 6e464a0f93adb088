package types

import "testing"

func TestMake(t *testing.T) { Make(1) }
