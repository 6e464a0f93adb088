package join_test

import (
	"testing"

	"gosandbox/measure"
	"sandbox/join"
	reference "sandbox/join/reference"
)

var parts = make([]string, 200)

func init() {
	for i := range parts {
		parts[i] = "a part of it"
	}
}

func TestAllocations(t *testing.T) {
	if got := measure.Allocs(func() { join.Join(parts) }); got > 2 {
		t.Errorf("%.0f allocations per call, at most 2 are allowed", got)
	}
}

func TestTime(t *testing.T) {
	times := func(f func([]string) string) func(int) {
		return func(n int) {
			for range n {
				f(parts)
			}
		}
	}
	if got := measure.Ratio(times(join.Join), times(reference.Join)); got > 1.5 {
		t.Errorf("%.1f times the reference's CPU time, at most 1.5 times are allowed", got)
	}
}
