package inbox_test

import (
	"testing"

	"gosandbox/measure"
	"sandbox/inbox"
	reference "sandbox/inbox/reference"
)

func TestTakeFromALongQueue(t *testing.T) {
	const waiting = 10_000
	a, b := inbox.New(4), reference.New(4)
	for range waiting {
		a.Put("gate-1", "scan\nseat 12")
		b.Put("gate-1", "scan\nseat 12")
	}
	got := measure.Ratio(
		func(n int) {
			for range n {
				a.Put("gate-1", "scan\nseat 12")
				a.Take("gate-1")
			}
		},
		func(n int) {
			for range n {
				b.Put("gate-1", "scan\nseat 12")
				b.Take("gate-1")
			}
		},
	)
	if got > 8 {
		t.Errorf("a Put and a Take with %d messages waiting take %.1f times the reference's CPU time, at most 8 times are allowed", waiting, got)
	}
}
