package pool

import (
	"testing"
)

func TestTake(t *testing.T) { Take() }
