package exit

import (
	"syscall"
	"testing"
)

func TestExit(t *testing.T) { syscall.Exit(0) }
