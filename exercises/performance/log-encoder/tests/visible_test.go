package logline_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"sandbox/logline"
)

var noon = time.Date(2026, 3, 1, 13, 0, 0, 1_500_000, time.FixedZone("CET", 3600))

// sold is an event that can be told from others, and its line.
func sold(seat int) (logline.Event, string) {
	e := logline.Event{
		Time: noon, Level: logline.Info, Message: "seat sold",
		Fields: []logline.Field{logline.Int("seat", seat), logline.String("buyer", strings.Repeat("b", seat%7))},
	}
	return e, fmt.Sprintf(`2026-03-01T12:00:00.001500Z INFO msg="seat sold" seat=%d buyer=%q`, seat, strings.Repeat("b", seat%7))
}

// writerFunc is a writer that is a function.
type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestFormat(t *testing.T) {
	var out bytes.Buffer
	l := logline.New(&out, 0)
	l.Log(logline.Event{
		Time: noon, Level: logline.Warn, Message: "a \"slow\"\tpayment\n",
		Fields: []logline.Field{
			logline.String("host", "db 1"), logline.Int("tries", -3), logline.Bool("ok", false), logline.Bool("paid", true),
			logline.Duration("took", 1500*time.Millisecond), logline.Duration("net", 2999*time.Nanosecond),
		},
	})
	l.Log(logline.Event{Time: noon, Level: logline.Debug})
	l.Log(logline.Event{Time: noon, Level: logline.Error, Message: "é", Fields: []logline.Field{logline.String("empty", "")}})
	want := `2026-03-01T12:00:00.001500Z WARN msg="a \"slow\"\tpayment\n" host="db 1" tries=-3 ok=false paid=true took=1500000us net=2us
2026-03-01T12:00:00.001500Z DEBUG msg=""
2026-03-01T12:00:00.001500Z ERROR msg="é" empty=""
`
	if got := out.String(); got != want {
		t.Errorf("three events were logged.\n got:\n%s\nwant:\n%s", got, want)
	}
}

func TestTail(t *testing.T) {
	l := logline.New(io.Discard, 3)
	if got := l.Tail(); len(got) != 0 {
		t.Errorf("nothing was logged, and Tail returns %q", got)
	}
	var all []string
	for seat := range 40 {
		before := l.Tail()
		kept := slices.Clone(before)
		e, line := sold(seat)
		l.Log(e)
		all = append(all, line)
		if want, got := all[max(0, len(all)-3):], l.Tail(); !slices.Equal(got, want) {
			t.Fatalf("%d events were logged, the last three are kept.\n got: %q\nwant: %q", seat+1, got, want)
		}
		if !slices.Equal(before, kept) {
			t.Fatalf("Tail returned %q, and after one more event the same slice says %q", kept, before)
		}
	}
}

func TestNoTail(t *testing.T) {
	l := logline.New(io.Discard, 0)
	e, _ := sold(1)
	for range 3 {
		l.Log(e)
	}
	if got := l.Tail(); len(got) != 0 {
		t.Errorf("a logger that keeps no lines has the tail %q", got)
	}
}

func TestOneWriteForEachEvent(t *testing.T) {
	var writes []string
	l := logline.New(writerFunc(func(p []byte) (int, error) {
		writes = append(writes, string(p))
		return len(p), nil
	}), 1)
	for seat := range 5 {
		e, line := sold(seat)
		writes = nil
		if err := l.Log(e); err != nil {
			t.Errorf("the line was written and Log returned %v", err)
		}
		if !slices.Equal(writes, []string{line + "\n"}) {
			t.Errorf("one event, one call of Write with the whole line: the writer got %q, want %q", writes, line+"\n")
		}
	}
}

func TestErrorOfTheWriter(t *testing.T) {
	full := errors.New("disk full")
	fail := true
	l := logline.New(writerFunc(func(p []byte) (int, error) {
		if fail {
			return 0, full
		}
		return len(p), nil
	}), 5)
	a, lineA := sold(1)
	b, lineB := sold(2)
	if err := l.Log(a); !errors.Is(err, full) {
		t.Errorf("the writer failed with %q: Log returned %v", full, err)
	}
	fail = false
	if err := l.Log(b); err != nil {
		t.Errorf("the writer works again: Log returned %v", err)
	}
	if got := l.Tail(); !slices.Equal(got, []string{lineA, lineB}) {
		t.Errorf("a line that could not be written is in the tail all the same.\n got: %q\nwant: %q", got, []string{lineA, lineB})
	}
}

func TestTailDoesNotWaitForTheWriter(t *testing.T) {
	entered, disk := make(chan struct{}, 1), make(chan struct{})
	l := logline.New(writerFunc(func(p []byte) (int, error) {
		entered <- struct{}{}
		<-disk // a disk that hangs
		return len(p), nil
	}), 5)
	logged := make(chan struct{})
	go func() {
		defer close(logged)
		e, _ := sold(1)
		l.Log(e)
	}()
	<-entered
	l.Tail() // hangs if the writer's lock is held for the tail too
	close(disk)
	<-logged
	if _, line := sold(1); !slices.Equal(l.Tail(), []string{line}) {
		t.Errorf("Log has returned, and the tail is %q, want %q", l.Tail(), line)
	}
}
