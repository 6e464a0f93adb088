package logger

import (
	"io"
	"strings"
	"sync"
)

// Logger writes key=value lines that all start with the same fields.
type Logger struct {
	base []string

	mu  sync.Mutex
	out io.Writer
}

func New(out io.Writer, service string, tags ...string) *Logger {
	base := make([]string, 0, 8)
	base = append(base, "service="+service)
	base = append(base, tags...)
	return &Logger{out: out, base: base}
}

// Log writes one line with the base fields and the given ones.
func (l *Logger) Log(level, msg string, fields ...string) error {
	line := append(l.base, "level="+level, "msg="+msg)
	line = append(line, fields...)
	text := strings.Join(line, " ") + "\n"

	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := io.WriteString(l.out, text)
	return err
}
