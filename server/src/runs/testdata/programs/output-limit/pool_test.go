package pool

import (
	"testing"
)

func TestFlood(t *testing.T) { Flood() }
