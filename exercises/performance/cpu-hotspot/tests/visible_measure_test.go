package recent_test

import (
	"fmt"
	"testing"

	"gosandbox/measure"
	"sandbox/recent"
	reference "sandbox/recent/reference"
)

const (
	size = 1000
	// most is how many times the reference's CPU time is allowed.
	most = 10
)

// ids are more than a window can remember: whoever comes again after all others is new.
var ids = func() []string {
	ids := make([]string, 2*size)
	for i := range ids {
		ids[i] = fmt.Sprintf("evt_%016x", i*7919)
	}
	return ids
}()

// traffic is n times what a busy hour is made of: a new id, six that were seen a short time ago, and a look at the last ten.
func traffic(seen func(string) bool, recent func(int) []string) func(n int) {
	for _, id := range ids {
		seen(id) // the window is full
	}
	next := 0
	return func(n int) {
		for range n {
			seen(ids[next])
			for _, ago := range []int{10, 20, 40, 60, 80, 90} {
				seen(ids[(next-ago+len(ids))%len(ids)])
			}
			recent(10)
			next = (next + 1) % len(ids)
		}
	}
}

func TestTimeInAFullWindow(t *testing.T) {
	a, b := recent.New(size), reference.New(size)
	got := measure.Ratio(traffic(a.Seen, a.Recent), traffic(b.Seen, b.Recent))
	if got > most {
		t.Errorf("in a full window of %d ids, a new id, six known ones and Recent(10) take %.1f times the reference's CPU time, at most %d times are allowed", size, got, most)
	}
}
