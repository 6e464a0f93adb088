package pool

import (
	"testing"
)

func TestUnlock(t *testing.T) { New().Unlock() }
