package pool

import (
	"testing"
)

func TestPrint(t *testing.T) { Print() }
