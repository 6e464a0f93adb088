package logging

import (
	"fmt"
	"log"
	"log/slog"
	"os"
	"testing"
)

func TestLog(t *testing.T) {
	log.SetFlags(log.Lshortfile)
	log.Println("through package log")
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	logger.Info("through slog", "n", 1)
	t.Log("first line\nsecond line\n\tindented\n")
	t.Log()
	t.Logf("%s", "")
	t.Error("an", "error", 3)
	t.Run("child", func(t *testing.T) {
		t.Log("multi\nline in a child")
		fmt.Println("    four spaces in front")
	})
	fmt.Println("after the child")
}
