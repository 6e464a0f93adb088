// Package logline writes events as lines of text.
package logline

import (
	"io"
	"strconv"
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

// maxKept is the capacity in bytes up to which a buffer is kept for the next line.
const maxKept = 64 << 10

// Logger writes events to a writer and remembers the last lines. Its methods may be called by any number of goroutines.
//
// The tail takes over the buffers themselves. What falls out of it goes to the free list, and only then is it used again.
type Logger struct {
	free chan []byte
	turn chan struct{} // holds one token; who has it may write

	w io.Writer

	mu   sync.RWMutex // guards the tail
	tail [][]byte
	next int // the slot of the oldest line
}

// New makes a logger that writes to w and remembers the last keep lines.
func New(w io.Writer, keep int) *Logger {
	l := &Logger{w: w, tail: make([][]byte, keep), free: make(chan []byte, 16), turn: make(chan struct{}, 1)}
	l.turn <- struct{}{}
	return l
}

// Log writes the event as one line, with one call of Write, whose error it returns.
func (l *Logger) Log(e Event) error {
	line := appendLine(l.buffer(), e)
	<-l.turn
	_, err := l.w.Write(line)
	old := l.remember(line)
	l.turn <- struct{}{}
	l.release(old)
	return err
}

// Tail returns the last lines, the oldest first, without their line ends. It does not wait for the writer.
func (l *Logger) Tail() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	lines := make([]string, 0, len(l.tail))
	for i := range l.tail {
		if line := l.tail[(l.next+i)%len(l.tail)]; line != nil {
			lines = append(lines, string(line[:len(line)-1]))
		}
	}
	return lines
}

// remember puts a line into the tail and returns the one that falls out.
func (l *Logger) remember(line []byte) (old []byte) {
	if len(l.tail) == 0 {
		return line
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	old, l.tail[l.next] = l.tail[l.next], line
	l.next = (l.next + 1) % len(l.tail)
	return old
}

func (l *Logger) buffer() []byte {
	select {
	case buffer := <-l.free:
		return buffer[:0]
	default:
		return make([]byte, 0, 256)
	}
}

func (l *Logger) release(buffer []byte) {
	if buffer == nil || cap(buffer) > maxKept {
		return
	}
	select {
	case l.free <- buffer:
	default: // there are enough
	}
}

// appendLine appends the line of an event.
func appendLine(dst []byte, e Event) []byte {
	dst = e.Time.UTC().AppendFormat(dst, "2006-01-02T15:04:05.000000Z07:00")
	dst = append(dst, ' ')
	dst = append(dst, e.Level.String()...)
	dst = append(dst, " msg="...)
	dst = strconv.AppendQuote(dst, e.Message)
	for _, f := range e.Fields {
		dst = append(dst, ' ')
		dst = append(dst, f.Key...)
		dst = append(dst, '=')
		dst = appendValue(dst, f)
	}
	return append(dst, '\n')
}

func appendValue(dst []byte, f Field) []byte {
	switch f.kind {
	case kindString:
		return strconv.AppendQuote(dst, f.text)
	case kindInt:
		return strconv.AppendInt(dst, f.num, 10)
	case kindBool:
		return strconv.AppendBool(dst, f.num == 1)
	default:
		dst = strconv.AppendInt(dst, time.Duration(f.num).Microseconds(), 10)
		return append(dst, "us"...)
	}
}
