package atomic

import "testing"

func TestAdd(t *testing.T) { Add(1) }
