package pool

import (
	"testing"
)

func TestForge(t *testing.T) { Forge() }
