package fetch

import "testing"

func TestFirst(t *testing.T) { First(400) }
