package poller_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"sandbox/poller"
)

func TestPollsNeverOverlap(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(25*sec))
		d.until(80 * sec)
		p.Stop()
		d.mustShow(t, 0, 35*sec, 70*sec)
	})
}

func TestRefreshDuringAPollIsServedAfterIt(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(4*sec))
		d.until(1 * sec)
		for range 100 {
			p.Refresh()
		}
		if waited := time.Since(d.start) - 1*sec; waited != 0 {
			t.Errorf("100 calls of Refresh during a poll waited for %v", waited)
		}
		d.until(30 * sec)
		p.Stop()
		d.mustShow(t, 0, 4*sec, 18*sec) // one for all calls, right after the first, and 10 s after its end the next
	})
}

func TestPollMayAskForAnother(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		var p *poller.Poller
		ready := make(chan struct{})
		times := 0
		p = poller.Start(t.Context(), usual, d.polls(func(context.Context) {
			<-ready
			time.Sleep(1 * sec)
			if times++; times <= 2 {
				p.Refresh()
			}
		}))
		close(ready)
		d.until(9 * sec)
		p.Stop()
		d.mustShow(t, 0, 1*sec, 2*sec)
	})
}

func TestPollHasItsTimeout(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.polls(func(ctx context.Context) {
			begin := time.Now()
			<-ctx.Done()
			if took := time.Since(begin); took != 5*sec || !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				t.Errorf("with a time-out of 5s the context of a poll was done after %v, with %v", took, ctx.Err())
			}
		}))
		d.until(36 * sec)
		d.mustShow(t, 0, 15*sec, 30*sec)
		p.Stop()
	})
}

func TestContextOfAPollEndsWithIt(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		var mu sync.Mutex
		var seen []context.Context
		p := poller.Start(t.Context(), poller.Config{Every: 10 * sec, Timeout: time.Hour}, d.polls(func(ctx context.Context) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, ctx)
			if ctx.Err() != nil {
				t.Errorf("the context of poll %d was done as the poll began: %v", len(seen), ctx.Err())
			}
		}))
		d.until(25 * sec)
		mu.Lock()
		for i, ctx := range seen {
			if ctx.Err() == nil {
				t.Errorf("poll %d returned long ago, and its context is not done: it keeps its timer, and its place in its parent, for the time-out of an hour", i+1)
				break
			}
		}
		mu.Unlock()
		p.Stop()
		d.mustShow(t, 0, 10*sec, 20*sec)
	})
}

func TestContextOfAPollIsDerived(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		type key struct{}
		d := newDiary()
		p := poller.Start(context.WithValue(t.Context(), key{}, "trace-7"), usual, d.polls(func(ctx context.Context) {
			if got := ctx.Value(key{}); got != "trace-7" {
				t.Errorf("a value of the context of Start is %v in the context of a poll", got)
			}
		}))
		d.until(1 * sec)
		p.Stop()
		d.mustShow(t, 0)
	})
}

func TestEveryStopWaits(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(4*sec))
		d.until(1 * sec)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				p.Stop()
				if at := time.Since(d.start); at != 4*sec {
					t.Errorf("Stop was called by three goroutines at 1s, the running poll ended at 4s, and one of the calls returned at %v", at)
				}
			})
		}
		wg.Wait()
		p.Stop() // again: returns at once
		if at := time.Since(d.start); at != 4*sec {
			t.Errorf("all was over at 4s, and another Stop returned at %v", at)
		}
		for range 3 {
			p.Refresh() // nothing happens
		}
		time.Sleep(time.Hour)
		d.mustShow(t, 0)
	})
}

// Stop comes during a poll, after somebody has asked for another one: what was asked for must not begin.
func TestStopWinsOverRefresh(t *testing.T) {
	for range 20 {
		inBubble(t, func(t *testing.T) {
			d := newDiary()
			p := poller.Start(t.Context(), usual, d.takes(4*sec))
			d.until(1 * sec)
			p.Refresh()
			p.Stop()
			time.Sleep(time.Hour)
			d.mustShow(t, 0)
		})
		if t.Failed() {
			return
		}
	}
}

func TestStopDuringThePause(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(1*sec))
		d.until(5 * sec)
		p.Stop()
		if at := time.Since(d.start); at != 5*sec {
			t.Errorf("Stop was called between two polls, at 5s, and returned at %v", at)
		}
		p.Refresh()
		time.Sleep(time.Hour)
		d.mustShow(t, 0)
	})
}

func TestStopStillWaitsAfterTheContextIsDone(t *testing.T) {
	for range 10 {
		inBubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			d := newDiary()
			p := poller.Start(ctx, usual, d.polls(func(ctx context.Context) {
				<-ctx.Done()
				time.Sleep(3 * sec)
			}))
			d.until(1 * sec)
			p.Refresh()
			cancel()
			d.until(2 * sec)
			p.Stop()
			if at := time.Since(d.start); at != 4*sec {
				t.Errorf("the context was cancelled at 1s, Stop was called at 2s, the poll ended at 4s, and Stop returned at %v", at)
			}
			time.Sleep(time.Hour)
			d.mustShow(t, 0)
		})
		if t.Failed() {
			return
		}
	}
}

func TestDoneContextPollsNever(t *testing.T) {
	for range 10 {
		inBubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			d := newDiary()
			p := poller.Start(ctx, usual, d.takes(1*sec))
			p.Refresh()
			time.Sleep(time.Hour)
			p.Stop()
			d.mustShow(t)
		})
		if t.Failed() {
			return
		}
	}
}

func TestManyCallersAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDiary()
		p := poller.Start(t.Context(), usual, d.takes(sec/2))
		var wg sync.WaitGroup
		for caller := range 4 {
			wg.Go(func() {
				for range 20 {
					p.Refresh()
					time.Sleep(time.Duration(caller+1) * sec / 7)
				}
				p.Stop()
			})
		}
		wg.Wait()
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.most > 1 || d.running != 0 {
			t.Errorf("four goroutines asked for polls and stopped the poller: %d polls ran at the same time, and after all calls of Stop had returned %d were running", d.most, d.running)
		}
	})
}
