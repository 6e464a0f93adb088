package recent_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/recent"
)

// model is a window that is slow and obviously right.
type model struct {
	size int
	ids  []string // the latest is the first
}

func (m *model) seen(id string) bool {
	i := slices.Index(m.ids, id)
	if i >= 0 {
		m.ids = slices.Delete(m.ids, i, i+1)
	}
	m.ids = slices.Insert(m.ids, 0, id)
	m.ids = m.ids[:min(m.size, len(m.ids))]
	return i >= 0
}

func TestLikeTheModel(t *testing.T) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		size := 1 + random.IntN(20)
		w, m := recent.New(size), model{size: size}
		var history []string
		for range 300 {
			id := fmt.Sprint(random.IntN(30))
			history = append(history, id)
			if got, want := w.Seen(id), m.seen(id); got != want {
				t.Fatalf("a window of %d saw %q, in this order: the last Seen returned %t", size, history, got)
			}
			n := random.IntN(25)
			if got, want := w.Recent(n), m.ids[:min(n, len(m.ids))]; !slices.Equal(got, want) {
				t.Fatalf("a window of %d saw %q, in this order: Recent(%d) = %q, want %q", size, history, n, got, want)
			}
			if got := w.Len(); got != len(m.ids) {
				t.Fatalf("a window of %d saw %q, in this order: Len() = %d, want %d", size, history, got, len(m.ids))
			}
		}
	}
}

func TestOneOfManyIsTheFirst(t *testing.T) {
	const goroutines, ids = 6, 60
	w := recent.New(ids)
	var firsts [ids]atomic.Int64
	var all sync.WaitGroup
	for range goroutines {
		all.Go(func() {
			for i := range ids {
				if !w.Seen(fmt.Sprint(i)) {
					firsts[i].Add(1)
				}
			}
		})
	}
	all.Wait()
	for i := range firsts {
		if n := firsts[i].Load(); n != 1 {
			t.Errorf("%d goroutines saw the id %d, and %d of them were told that it is new, want 1: an event is handled twice, or never", goroutines, i, n)
		}
	}
}

func TestAskedWhileOthersSee(t *testing.T) {
	const size = 20
	w := recent.New(size)
	for i := range size {
		w.Seen(fmt.Sprint(i))
	}
	var all sync.WaitGroup
	for g := range 3 {
		all.Go(func() {
			for i := range 100 {
				w.Seen(fmt.Sprint(i % size)) // all of them are known
				w.Seen(fmt.Sprint(g, i))
			}
		})
		all.Go(func() {
			for range 100 {
				if n := w.Len(); n != size {
					t.Errorf("a window of %d that is full has a Len of %d while others use it", size, n)
				}
				ids := w.Recent(size)
				if len(ids) != size {
					t.Errorf("a window of %d that is full returns %d recent ids while others use it", size, len(ids))
				}
				slices.Sort(ids)
				if len(slices.Compact(ids)) != len(ids) {
					t.Errorf("Recent returned an id twice while others use the window")
				}
			}
		})
	}
	all.Wait()
}

// Two goroutines and one method each: no other call puts in order what only a lock may order, whoever comes first.
func TestLenWhileOneSees(t *testing.T) {
	w := recent.New(20)
	var both sync.WaitGroup
	both.Go(func() {
		for i := range 50 {
			w.Seen(fmt.Sprint(i))
		}
	})
	both.Go(func() {
		for range 50 {
			if n := w.Len(); n > 20 {
				t.Errorf("a window of 20 has a Len of %d while another goroutine uses it", n)
			}
		}
	})
	both.Wait()
}

func TestWindowHoldsNoMoreThanItsSize(t *testing.T) {
	const sights, bound = 60_000, 512 << 10
	w := recent.New(10)
	ids := make([]string, 20)
	for i := range ids {
		ids[i] = fmt.Sprint(i)
	}
	before := liveHeap()
	for i := range sights {
		w.Seen(ids[i%8])
	}
	if holds := liveHeap() - before; holds > bound {
		t.Errorf("eight ids were seen %d times by a window of 10, which holds %d KiB now, at most %d are allowed: it keeps something of every sight", sights, holds>>10, bound>>10)
	}
	runtime.KeepAlive(w)
	runtime.KeepAlive(ids)
}

// liveHeap is how many bytes are reachable: the least of several looks, because the process has goroutines of its own.
func liveHeap() int64 {
	least := int64(math.MaxInt64)
	for range 4 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		least = min(least, int64(stats.HeapAlloc))
	}
	return least
}
