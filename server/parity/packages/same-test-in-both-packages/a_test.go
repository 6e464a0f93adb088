package lib

import "testing"

func TestSame(t *testing.T) { t.Log("internal") }
