package logline_test

import (
	"io"
	"testing"
	"time"

	"gosandbox/measure"
	"sandbox/logline"
	reference "sandbox/logline/reference"
)

const events = 100

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// mine and theirs are the same events, for your logger and for the reference.
var (
	mine   [events]logline.Event
	theirs [events]reference.Event
)

func init() {
	for i := range events {
		at := start.Add(time.Duration(i) * time.Second)
		mine[i] = logline.Event{
			Time: at, Level: logline.Info, Message: "seat sold",
			Fields: []logline.Field{
				logline.String("event", "spring concert"), logline.Int("row", i*7), logline.Int("seat", i), logline.Bool("paid", i%2 == 0),
				logline.String("buyer", "somebody@example.org"), logline.Duration("took", 1234*time.Microsecond),
			},
		}
		theirs[i] = reference.Event{
			Time: at, Level: reference.Info, Message: "seat sold",
			Fields: []reference.Field{
				reference.String("event", "spring concert"), reference.Int("row", i*7), reference.Int("seat", i), reference.Bool("paid", i%2 == 0),
				reference.String("buyer", "somebody@example.org"), reference.Duration("took", 1234*time.Microsecond),
			},
		}
	}
}

func TestAllocationsOfLog(t *testing.T) {
	l := logline.New(io.Discard, 0)
	got := measure.Allocs(func() {
		for i := range mine {
			l.Log(mine[i])
		}
	})
	if got > 10 {
		t.Errorf("%.0f allocations for %d events, at most 10 are allowed. Each of them is work for the garbage collector", got, events)
	}
}

func TestAllocationsOfTheTail(t *testing.T) {
	l := logline.New(io.Discard, 50)
	got := measure.Allocs(func() {
		for i := range mine {
			l.Log(mine[i])
		}
	})
	if got > 10 {
		t.Errorf("%.0f allocations for %d events by a logger that remembers the last 50 lines, at most 10 are allowed", got, events)
	}
}

func TestTimeWithALongTail(t *testing.T) {
	const keep = 10_000
	a, b := logline.New(io.Discard, keep), reference.New(io.Discard, keep)
	for i := range 2 * keep { // the tail is full
		a.Log(mine[i%events])
		b.Log(theirs[i%events])
	}
	got := measure.Ratio(
		func(n int) {
			for range n {
				for i := range mine {
					a.Log(mine[i])
				}
			}
		},
		func(n int) {
			for range n {
				for i := range theirs {
					b.Log(theirs[i])
				}
			}
		},
	)
	if got > 4 {
		t.Errorf("%.1f times the reference's CPU time with a tail of %d lines, at most 4 times are allowed", got, keep)
	}
}
