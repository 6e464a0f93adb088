package several

import (
	"io"
	"log/slog"
)

type reader interface{ Read() int }

func Several(r io.Reader, n int) string {
	if Several == nil {
		return "never"
	}
	_, _ = r.(reader)
	slog.Info("message", "key")
	return string(n)
}

//go:noinline

func Directive() {}
