package recent_test

import (
	"fmt"
	"testing"

	"sandbox/recent"
)

// full is a window of so many ids, and twice as many ids: who comes again after all others is new.
func full(size int) (*recent.Window, []string) {
	w := recent.New(size)
	ids := make([]string, 2*size)
	for i := range ids {
		ids[i] = fmt.Sprintf("evt_%016x", i*7919)
		w.Seen(ids[i])
	}
	return w, ids
}

func BenchmarkSeenNew(b *testing.B) {
	w, ids := full(1000)
	for i := 0; b.Loop(); i++ {
		w.Seen(ids[i%len(ids)])
	}
}

func BenchmarkSeenAgain(b *testing.B) {
	w, ids := full(1000)
	known := ids[len(ids)-100:]
	for i := 0; b.Loop(); i++ {
		w.Seen(known[i%len(known)])
	}
}

func BenchmarkRecent(b *testing.B) {
	w, _ := full(1000)
	for b.Loop() {
		w.Recent(10)
	}
}
