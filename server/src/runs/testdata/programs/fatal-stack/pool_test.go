package pool

import (
	"runtime/debug"
	"testing"
)

func TestDeep(t *testing.T) {
	debug.SetMaxStack(1 << 20)
	Deep(0)
}
