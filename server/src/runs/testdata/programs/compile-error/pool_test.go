package pool

import (
	"testing"
)

func TestUse(t *testing.T) { Use(nil) }
