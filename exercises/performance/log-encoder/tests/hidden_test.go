package logline_test

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/logline"
)

func TestLinesStayWholeAndInOrder(t *testing.T) {
	const goroutines, each, keep = 8, 40, 50
	var inside atomic.Int64
	var written []string // by one Write at a time
	l := logline.New(writerFunc(func(p []byte) (int, error) {
		if inside.Add(1) != 1 {
			t.Error("two calls of Write at the same time: their lines are mixed")
		}
		written = append(written, strings.TrimSuffix(string(p), "\n"))
		inside.Add(-1)
		return len(p), nil
	}), keep)
	var all sync.WaitGroup
	for g := range goroutines {
		all.Go(func() {
			for i := range each {
				e, _ := sold(g*each + i)
				l.Log(e)
			}
		})
	}
	all.Wait()
	if want := written[max(0, len(written)-keep):]; !slices.Equal(l.Tail(), want) {
		t.Errorf("%d goroutines have logged, and the tail is not what was written last, in that order.\ntail:    %q\nwritten: %q", goroutines, l.Tail(), want)
	}
	slices.Sort(written)
	var want []string
	for seat := range goroutines * each {
		_, line := sold(seat)
		want = append(want, line)
	}
	slices.Sort(want)
	if !slices.Equal(written, want) {
		t.Errorf("%d goroutines logged %d events: what was written is not one line for each of them", goroutines, goroutines*each)
	}
}

// gated is a writer that can be made to wait. What it was given is looked at after that.
type gated struct {
	gate    chan struct{}
	entered chan struct{}
	got     []string
}

func (g *gated) Write(p []byte) (int, error) {
	select {
	case g.entered <- struct{}{}:
	default:
	}
	<-g.gate
	g.got = append(g.got, string(p))
	return len(p), nil
}

func TestTailIsReadWhileOthersLog(t *testing.T) {
	w := &gated{}
	l := logline.New(w, 16)
	var lines []string
	log := func(seat int) {
		e, _ := sold(seat)
		l.Log(e)
	}
	for round := range 60 {
		w.gate = make(chan struct{})
		logged := make(chan struct{})
		go func() {
			defer close(logged)
			log(round)
		}()
		tail := l.Tail() // while somebody makes a line and cannot have written it
		close(w.gate)
		<-logged
		if want := lines[max(0, len(lines)-16):]; !slices.Equal(tail, want) {
			t.Fatalf("the tail changed while another event was being logged: remembered lines share their memory with it.\n got: %q\nwant: %q", tail, want)
		}
		_, line := sold(round)
		lines = append(lines, line)
	}
}

func TestLineIsWrittenAsItWasMade(t *testing.T) {
	w := &gated{entered: make(chan struct{}, 1)}
	l := logline.New(w, 2)
	for range 40 {
		w.gate, w.got = make(chan struct{}), nil
		var all sync.WaitGroup
		all.Go(func() {
			e, _ := sold(0)
			l.Log(e)
		})
		<-w.entered // its line is being written
		for seat := range 6 {
			all.Go(func() {
				e, _ := sold(seat + 1)
				l.Log(e)
			})
		}
		close(w.gate)
		all.Wait()
		<-w.entered
		if _, line := sold(0); w.got[0] != line+"\n" {
			t.Fatalf("a line was being written while others were made, and it came out as %q, want %q", w.got[0], line+"\n")
		}
	}
}

func TestEventBelongsToTheCaller(t *testing.T) {
	l := logline.New(writerFunc(func(p []byte) (int, error) { return len(p), nil }), 4)
	e, line := sold(5)
	l.Log(e)
	e.Fields[0] = logline.String("stolen", "yes") // the caller uses the slice again
	if got := l.Tail(); !slices.Equal(got, []string{line}) {
		t.Errorf("the caller used the slice of fields again after Log had returned, and the tail now says %q, want %q", got, line)
	}
}

func TestGiantLineIsNotKeptForEver(t *testing.T) {
	const giant, keep, bound = 1 << 20, 8, 512 << 10
	l := logline.New(writerFunc(func(p []byte) (int, error) { return len(p), nil }), keep)
	e, _ := sold(1)
	before := liveHeap()
	l.Log(logline.Event{Time: noon, Level: logline.Error, Message: strings.Repeat("x", giant)})
	for range keep {
		l.Log(e)
	}
	if kept := liveHeap() - before; kept > bound {
		t.Errorf("a line of %d KiB has fallen out of the tail, and the logger holds %d KiB more than before it, at most %d are allowed: a buffer that is used again keeps the size of its largest line", giant>>10, kept>>10, bound>>10)
	}
	runtime.KeepAlive(l)
}

// liveHeap is how many bytes are reachable: the least of several looks, because the process has goroutines of its own.
func liveHeap() int64 {
	least := int64(math.MaxInt64)
	for range 4 {
		runtime.GC() // what a sync.Pool holds goes with the second one
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		least = min(least, int64(stats.HeapAlloc))
	}
	return least
}
