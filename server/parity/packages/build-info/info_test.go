package info

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestCaller(t *testing.T) {
	pc, _, line, ok := runtime.Caller(0)
	t.Log(runtime.FuncForPC(pc).Name(), line, ok)
	t.Log(runtime.Version(), runtime.Compiler, runtime.GOOS)
	_, ok = debug.ReadBuildInfo()
	t.Log("build info:", ok)
}
