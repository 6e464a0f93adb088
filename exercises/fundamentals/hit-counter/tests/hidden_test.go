package hits_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/hits"
)

func TestAskingDoesNotAddAPage(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	c.Count("/missing")
	c.Count("/missing")
	if s := c.Snapshot(); len(s.Pages) != 1 {
		t.Errorf(`one page was hit and Count("/missing") was called, and the snapshot has pages %v`, s.Pages)
	}
	if got := c.Count("/"); got != 1 {
		t.Errorf(`Count("/") = %d after 1 hit`, got)
	}
}

// duringHits runs read while another goroutine hits: neither waits for the other, so a read that is not
// protected races with a hit whatever the scheduler does.
func duringHits(c *hits.Counter, read func()) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 50 {
			c.Hit("/")
			c.Hit("/about")
		}
	})
	for range 20 {
		read()
	}
	wg.Wait()
}

func TestTotalDuringHits(t *testing.T) {
	c := hits.New()
	duringHits(c, func() { c.Total() })
}

func TestCountDuringHits(t *testing.T) {
	c := hits.New()
	duringHits(c, func() { c.Count("/") })
}

func TestGaugeDuringHits(t *testing.T) {
	c := hits.New()
	gauge := c.Gauge()
	duringHits(c, func() { gauge() })
}

func TestReadingASnapshotDuringHits(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	s := c.Snapshot()
	duringHits(c, func() { sum(s) })
	if got := sum(s); got != 1 {
		t.Errorf("a snapshot of 1 hit grew to %d: it shares its map with the counter", got)
	}
}

func TestReadingADrainedSnapshotDuringHits(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	s := c.Drain()
	duringHits(c, func() { sum(s) })
	if got := sum(s); got != 1 {
		t.Errorf("a drained snapshot of 1 hit became %d: it shares its map with the counter", got)
	}
}

func TestGaugeIsLive(t *testing.T) {
	c := hits.New()
	c.Hit("/")
	gauge := c.Gauge()
	c.Hit("/")
	c.Hit("/")
	if got := gauge(); got != 3 {
		t.Fatalf("the gauge was made after 1 hit and called after 3: it reports %d. It must look at the counter when it is called, not when it is made", got)
	}
	c.Drain()
	c.Hit("/")
	if got := gauge(); got != 1 {
		t.Errorf("the gauge reports %d one hit after a drain", got)
	}
}

// inParallel is for tests that look for an unlucky interleaving: on a single processor a goroutine is interrupted once
// in ten milliseconds only.
func inParallel(t *testing.T) {
	before := runtime.GOMAXPROCS(4)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// underFire lets four goroutines hit four pages while it calls read again and again, until read returns false or all
// rounds are over, and returns how many hits were made. A round ends when read and every goroutine had their turns of
// it: even on a single core each round interrupts hits in the middle.
func underFire(c *hits.Counter, read func() bool) int64 {
	const rounds, each = 2, 40
	pages := [...]string{"/", "/about", "/login", "/buy"}
	var fired [len(pages)]atomic.Int64
	var stop atomic.Bool
	var wg sync.WaitGroup
	for i, page := range pages {
		wg.Go(func() {
			for !stop.Load() {
				c.Hit(page)
				fired[i].Add(1)
			}
		})
	}
	ok := true
	for round := 0; ok && round < rounds; round++ {
		for i := range fired {
			goal := fired[i].Load() + each
			for reads := 0; ok && (reads < each || fired[i].Load() < goal); reads++ {
				ok = read()
			}
		}
	}
	stop.Store(true)
	wg.Wait()
	all := int64(0)
	for i := range fired {
		all += fired[i].Load()
	}
	return all
}

// A round ends when every goroutine has made its hits of it, and until then nobody stops hitting: even on a single core
// each round interrupts goroutines in the middle of a hit while others go on.
func TestEveryHitCountsOnce(t *testing.T) {
	inParallel(t)
	const goroutines, rounds, each = 3, 12, 100
	c := hits.New()
	var made, arrived atomic.Int64
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			own := 0
			for round := range int64(rounds) {
				for hit := 1; hit <= each || arrived.Load() < goroutines*(round+1); hit++ {
					c.Hit("/")
					own++
					if hit == each {
						arrived.Add(1)
					}
				}
			}
			made.Add(int64(own))
		})
	}
	wg.Wait()
	want := int(made.Load())
	if got := c.Count("/"); got != want {
		t.Errorf(`%d goroutines hit "/" %d times in all and Count("/") = %d: reading the old count and storing the new one are two steps`, goroutines, want, got)
	}
	if s := c.Snapshot(); s.Total != want || sum(s) != want {
		t.Errorf("after %d hits the snapshot says total %d and pages %v", want, s.Total, s.Pages)
	}
}

func TestSnapshotIsOneMoment(t *testing.T) {
	inParallel(t)
	c := hits.New()
	underFire(c, func() bool {
		s := c.Snapshot()
		if s.Total != sum(s) {
			t.Errorf("a snapshot taken during hits says total %d, but its pages sum up to %d: they are not of one moment", s.Total, sum(s))
		}
		return s.Total == sum(s)
	})
}

func TestDrainLosesNoHit(t *testing.T) {
	inParallel(t)
	c := hits.New()
	drained := 0
	fired := underFire(c, func() bool {
		s := c.Drain()
		if s.Total != sum(s) {
			t.Errorf("a drained snapshot says total %d, but its pages sum up to %d", s.Total, sum(s))
		}
		drained += s.Total
		return s.Total == sum(s)
	})
	left := c.Snapshot().Total
	if !t.Failed() && int64(drained+left) != fired {
		t.Errorf("%d hits were made, %d were drained and %d are left: a hit that comes while the counter is drained must be in this snapshot or in the next", fired, drained, left)
	}
}

func sum(s hits.Snapshot) int {
	total := 0
	for _, count := range s.Pages {
		total += count
	}
	return total
}
