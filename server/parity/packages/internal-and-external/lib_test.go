package lib

import "testing"

func TestInternal(t *testing.T) { t.Log(double(1)) }
