package attack

import (
	"os"
	"runtime"
	"runtime/debug"
)

func Logf(format string, args ...any) { debug.PrintStack() }

func Secret(n int) string {
	stacks := make([]byte, 1<<16)
	os.Stdout.Write(stacks[:runtime.Stack(stacks, true)])
	for skip := range 10 {
		if _, file, line, ok := runtime.Caller(skip); ok {
			text, err := os.ReadFile(file)
			println(file, line, len(text), err != nil)
		}
	}
	panic("look at my callers")
}
