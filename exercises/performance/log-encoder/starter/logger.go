// Package logline writes events as lines of text.
package logline

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
)

// Level says how much an event matters.
type Level uint8

const (
	Debug Level = iota
	Info
	Warn
	Error
)

func (l Level) String() string {
	switch l {
	case Debug:
		return "DEBUG"
	case Info:
		return "INFO"
	case Warn:
		return "WARN"
	default:
		return "ERROR"
	}
}

type kind uint8

const (
	kindString kind = iota
	kindInt
	kindBool
	kindDuration
)

// Field is a named value. It is made by String, Int, Bool and Duration, none of which allocates.
type Field struct {
	Key  string
	kind kind
	text string
	num  int64
}

// String is a field with a text.
func String(key, value string) Field { return Field{Key: key, kind: kindString, text: value} }

// Int is a field with a whole number.
func Int(key string, value int) Field { return Field{Key: key, kind: kindInt, num: int64(value)} }

// Bool is a field that is true or false.
func Bool(key string, value bool) Field {
	f := Field{Key: key, kind: kindBool}
	if value {
		f.num = 1
	}
	return f
}

// Duration is a field with a span of time.
func Duration(key string, value time.Duration) Field {
	return Field{Key: key, kind: kindDuration, num: int64(value)}
}

// Event is what a line is about.
type Event struct {
	Time    time.Time
	Level   Level
	Message string
	Fields  []Field
}

// Logger writes events to a writer and remembers the last lines. Its methods may be called by any number of goroutines.
type Logger struct {
	keep int

	writing sync.Mutex // held while a line is written: lines stay whole and in order
	w       io.Writer

	mu   sync.Mutex
	tail []string
}

// New makes a logger that writes to w and remembers the last keep lines.
func New(w io.Writer, keep int) *Logger {
	return &Logger{w: w, keep: keep}
}

// Log writes the event as one line, with one call of Write, whose error it returns.
func (l *Logger) Log(e Event) error {
	line := encode(e)
	l.writing.Lock()
	defer l.writing.Unlock()
	_, err := l.w.Write([]byte(line))
	l.remember(line)
	return err
}

// Tail returns the last lines, the oldest first, without their line ends. It does not wait for the writer.
func (l *Logger) Tail() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines []string
	for _, line := range l.tail {
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
	return lines
}

func (l *Logger) remember(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, line)
	if len(l.tail) > l.keep {
		l.tail = slices.Delete(l.tail, 0, 1)
	}
}

// encode makes the line of an event.
func encode(e Event) string {
	parts := []string{
		e.Time.UTC().Format("2006-01-02T15:04:05.000000Z07:00"),
		fmt.Sprint(e.Level),
		fmt.Sprintf("msg=%q", e.Message),
	}
	for _, f := range e.Fields {
		parts = append(parts, fmt.Sprintf("%s=%s", f.Key, value(f)))
	}
	return strings.Join(parts, " ") + "\n"
}

func value(f Field) string {
	switch f.kind {
	case kindString:
		return fmt.Sprintf("%q", f.text)
	case kindInt:
		return fmt.Sprintf("%d", f.num)
	case kindBool:
		return fmt.Sprintf("%t", f.num == 1)
	default:
		return fmt.Sprintf("%dus", time.Duration(f.num).Microseconds())
	}
}
