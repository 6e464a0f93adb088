package pool

import "testing"

func TestRun(t *testing.T) { Run(3) }
