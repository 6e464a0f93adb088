package pool

import "testing"

func TestSize(t *testing.T) { t.Log(Size()) }
