package old

import "testing"

func TestFirst(t *testing.T) { First([]int{1}) }
