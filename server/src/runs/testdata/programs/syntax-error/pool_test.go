package pool

import (
	"testing"
)

func TestF(t *testing.T) { F() }
