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

// maxKept is the capacity in bytes up to which a buffer is kept for the next line. One giant line must not cost its memory for ever.
const maxKept = 64 << 10

// Logger writes events to a writer and remembers the last lines. Its methods may be called by any number of goroutines.
type Logger struct {
	buffers sync.Pool // of *[]byte
	tail    ring

	writing sync.Mutex // held while a line is written: lines stay whole, and the tail has their order
	w       io.Writer
}

// New makes a logger that writes to w and remembers the last keep lines.
func New(w io.Writer, keep int) *Logger {
	return &Logger{
		w:       w,
		tail:    ring{slots: make([]string, keep)},
		buffers: sync.Pool{New: func() any { return new([]byte) }},
	}
}

// Log writes the event as one line, with one call of Write, whose error it returns.
func (l *Logger) Log(e Event) error {
	buffer := l.buffers.Get().(*[]byte)
	*buffer = appendLine((*buffer)[:0], e)
	err := l.write(*buffer)
	// From here on the buffer is somebody else's: writer and tail have their copies.
	if cap(*buffer) <= maxKept {
		l.buffers.Put(buffer)
	}
	return err
}

// Tail returns the last lines, the oldest first, without their line ends. It does not wait for the writer.
func (l *Logger) Tail() []string {
	return l.tail.lines()
}

func (l *Logger) write(line []byte) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	defer l.tail.add(line) // also if Write panics: the tail is for crash reports
	_, err := l.w.Write(line)
	return err
}

// ring holds the last lines in slots that are used again and again.
type ring struct {
	mu    sync.Mutex
	slots []string
	added int
}

// add copies a line over the oldest one.
func (r *ring) add(line []byte) {
	if len(r.slots) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slots[r.added%len(r.slots)] = string(line)
	r.added++
}

// lines returns copies, the oldest first.
func (r *ring) lines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := min(r.added, len(r.slots))
	lines := make([]string, 0, n)
	for i := r.added - n; i < r.added; i++ {
		line := r.slots[i%len(r.slots)]
		lines = append(lines, line[:len(line)-1])
	}
	return lines
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
