package logline_test

import (
	"io"
	"testing"
	"time"

	"sandbox/logline"
)

var sale = logline.Event{
	Time: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Level: logline.Info, Message: "seat sold",
	Fields: []logline.Field{
		logline.String("event", "spring concert"), logline.Int("seat", 12), logline.Bool("paid", true),
		logline.Duration("took", 1234*time.Microsecond),
	},
}

func BenchmarkLog(b *testing.B) {
	l := logline.New(io.Discard, 0)
	for b.Loop() {
		l.Log(sale)
	}
}

func BenchmarkLogWithATail(b *testing.B) {
	l := logline.New(io.Discard, 1000)
	for b.Loop() {
		l.Log(sale)
	}
}

func BenchmarkLogByMany(b *testing.B) {
	l := logline.New(io.Discard, 0)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			l.Log(sale)
		}
	})
}
