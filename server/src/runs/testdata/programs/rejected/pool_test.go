package pool

import (
	"testing"
)

func TestHide(t *testing.T) { Hide() }
