package poller_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/poller"
)

const sec = time.Second

var usual = poller.Config{Every: 10 * sec, Timeout: 5 * sec}

// diary notes at which virtual time polls begin.
type diary struct {
	mu      sync.Mutex
	start   time.Time
	begins  []time.Duration
	running int
	most    int // polls at the same time
}

func newDiary() *diary { return &diary{start: time.Now()} }

// polls makes a poll function that notes its begin and then does what it is told.
func (d *diary) polls(do func(ctx context.Context)) func(ctx context.Context) {
	return func(ctx context.Context) {
		d.mu.Lock()
		d.begins = append(d.begins, time.Since(d.start))
		d.running++
		d.most = max(d.most, d.running)
		d.mu.Unlock()
		do(ctx)
		d.mu.Lock()
		d.running--
		d.mu.Unlock()
	}
}

// takes is a poll that does not listen to its context.
func (d *diary) takes(duration time.Duration) func(ctx context.Context) {
	return d.polls(func(context.Context) { time.Sleep(duration) })
}

func (d *diary) mustShow(t *testing.T, want ...time.Duration) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Equal(d.begins, want) {
		t.Errorf("polls began at %v, want %v", d.begins, want)
	}
	if d.most > 1 {
		t.Errorf("%d polls were running at the same time", d.most)
	}
}

// until sleeps, in virtual time, until so much has passed since the diary began.
func (d *diary) until(at time.Duration) {
	time.Sleep(at - time.Since(d.start))
	synctest.Wait()
}

// inBubble runs a test in which time is virtual. In the end a goroutine that is left waits for ever.
func inBubble(t *testing.T, test func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // polls that are still running come to an end
		test(t)
	})
}

func TestPollsAtOnceAndThenRegularly(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(3*sec))
		d.until(30 * sec)
		p.Stop()
		d.mustShow(t, 0, 13*sec, 26*sec) // 10 s after the end of the one before
		time.Sleep(time.Hour)
		d.mustShow(t, 0, 13*sec, 26*sec)
	})
}

func TestStopCancelsAndWaits(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		var returned atomic.Bool
		p := poller.Start(t.Context(), usual, d.polls(func(ctx context.Context) {
			<-ctx.Done()
			time.Sleep(2 * sec) // it tidies up
			returned.Store(true)
		}))
		d.until(1 * sec)
		p.Stop()
		if took := time.Since(d.start) - 1*sec; took != 2*sec || !returned.Load() {
			t.Errorf("a poll was running that needs 2s to end when it is cancelled: Stop returned after %v, and the poll had returned: %v", took, returned.Load())
		}
		time.Sleep(time.Hour)
		d.mustShow(t, 0)
	})
}

func TestRefreshCutsThePauseShort(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(1*sec))
		d.until(4 * sec)
		p.Refresh()
		d.until(20 * sec)
		p.Stop()
		d.mustShow(t, 0, 4*sec, 15*sec) // 10 s after the end of the one that was asked for
	})
}

func TestContextEndsThePoller(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		d := newDiary()
		poller.Start(ctx, usual, d.takes(1*sec))
		d.until(15 * sec)
		cancel()
		time.Sleep(time.Hour)
		d.mustShow(t, 0, 11*sec)
	})
}
