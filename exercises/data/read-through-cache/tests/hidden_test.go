package cache_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/cache"
)

// Outside of a bubble: there, waiting for a lock is not waiting. Each of the two loads needs the other to have begun.
func TestKeysDoNotWaitForEachOther(t *testing.T) {
	var both, begun sync.WaitGroup
	begun.Add(2)
	c := cache.New(time.Hour, func(_ context.Context, key string) (string, error) {
		if key != "quick" {
			begun.Done()
			begun.Wait()
		}
		return key, nil
	})
	expect(t, c, "quick", "quick", "nothing is cached")
	for _, key := range []string{"kettle", "pot"} {
		both.Go(func() { expect(t, c, key, key, "two keys are loaded at the same time") })
	}
	both.Wait()
}

// The goroutines share nothing but the cache: nothing else orders their steps.
func TestManyCallersAtOnce(t *testing.T) {
	c := cache.New(time.Hour, func(_ context.Context, key int) (int, error) { return 10 * key, nil })
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			for round := range 30 {
				key := (i + round) % 4
				if got, err := c.Get(context.Background(), key); got != 10*key || err != nil {
					t.Errorf("Get(%d) returned (%d, %v), want %d", key, got, err, 10*key)
				}
				if round%7 == i {
					c.Invalidate(key)
				}
			}
		})
	}
	wg.Wait()
}

// request is a load that waits for its answer.
type request struct {
	ctx    context.Context
	answer chan result
}

type result struct {
	value string
	err   error
}

// slow is a loader whose loads end when the test says so.
type slow chan *request

// newSlow makes a loader all of whose loads end when the test is over.
func newSlow(t *testing.T) slow {
	s := make(slow, 20)
	t.Cleanup(func() {
		for {
			synctest.Wait()
			select {
			case r := <-s:
				r.ends("cleanup", nil)
			default:
				return
			}
		}
	})
	return s
}

func (s slow) load(ctx context.Context, _ string) (string, error) {
	r := &request{ctx, make(chan result, 1)}
	s <- r
	answer := <-r.answer
	return answer.value, answer.err
}

// next returns the load that has begun. Only inside of a bubble.
func (s slow) next(t *testing.T, when string) *request {
	t.Helper()
	synctest.Wait()
	select {
	case r := <-s:
		t.Cleanup(func() { r.ends("cleanup", nil) })
		return r
	default:
		t.Fatalf("%s: a load was expected to begin, and none has", when)
		return nil
	}
}

func (s slow) none(t *testing.T, when string) {
	t.Helper()
	synctest.Wait()
	select {
	case r := <-s:
		r.ends("superfluous", nil)
		t.Errorf("%s: a load has begun that is not needed", when)
	default:
	}
}

func (r *request) ends(value string, err error) {
	select {
	case r.answer <- result{value, err}:
	default: // ended before
	}
	synctest.Wait()
}

// get calls Get in a goroutine of its own. The channel has room, so nobody needs to look.
func get(ctx context.Context, c *cache.Cache[string, string]) chan result {
	got := make(chan result, 1)
	go func() {
		value, err := c.Get(ctx, "kettle")
		got <- result{value, err}
	}()
	synctest.Wait()
	return got
}

func expectResult(t *testing.T, got chan result, want result, when string) {
	t.Helper()
	synctest.Wait()
	select {
	case r := <-got:
		if r.value != want.value || !errors.Is(r.err, want.err) {
			t.Errorf("%s: Get returned (%q, %v), want (%q, %v)", when, r.value, r.err, want.value, want.err)
		}
	default:
		t.Errorf("%s: Get has not returned", when)
	}
}

func TestInvalidatedLoadIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		before := get(t.Context(), c)
		old := s.next(t, "nothing is cached")
		c.Invalidate("kettle")
		old.ends("old", nil)
		expectResult(t, before, result{value: "old"}, "it waited before Invalidate was called")
		after := get(t.Context(), c)
		s.next(t, "Invalidate was called during a load, which has ended since: its value must not be cached, or it is served for a whole TTL").ends("new", nil)
		expectResult(t, after, result{value: "new"}, "after Invalidate")
	})
}

func TestInvalidatedLoadIsNotJoined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		before := get(t.Context(), c)
		old := s.next(t, "nothing is cached")
		c.Invalidate("kettle")
		after := get(t.Context(), c)
		fresh := s.next(t, "Invalidate was called during a load that is still running: it has read the old value, so who comes now needs a load of its own")
		old.ends("old", nil)
		expectResult(t, before, result{value: "old"}, "it waited before Invalidate was called")
		third := get(t.Context(), c)
		s.none(t, "the load that began after Invalidate is still running, the one from before has ended")
		fresh.ends("new", nil)
		expectResult(t, after, result{value: "new"}, "called after Invalidate")
		expectResult(t, third, result{value: "new"}, "called after Invalidate, and after the old load had ended")
		expectResult(t, get(t.Context(), c), result{value: "new"}, "after both loads have ended")
	})
}

func TestOldLoadEndsLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		before := get(t.Context(), c)
		old := s.next(t, "nothing is cached")
		c.Invalidate("kettle")
		after := get(t.Context(), c)
		s.next(t, "called after Invalidate").ends("new", nil)
		expectResult(t, after, result{value: "new"}, "called after Invalidate")
		old.ends("old", nil)
		expectResult(t, before, result{value: "old"}, "it waited before Invalidate was called")
		expectResult(t, get(t.Context(), c), result{value: "new"}, "a load from before Invalidate ended after one that began later")
	})
}

func TestCallersLeaveAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		ctx, cancel := context.WithCancel(t.Context())
		first := get(ctx, c)
		load := s.next(t, "nothing is cached")
		second := get(t.Context(), c)
		cancel()
		expectResult(t, first, result{err: context.Canceled}, "its context was cancelled, and the loader does not listen")
		if err := load.ctx.Err(); err != nil {
			t.Errorf("the caller that had started the load has given up, another one waits for it, and the load's context says %v", err)
		}
		load.ends("value", nil)
		expectResult(t, second, result{value: "value"}, "the caller that had started the load has given up, this one has not")
		expectResult(t, get(t.Context(), c), result{value: "value"}, "the load has ended")
		s.none(t, "the value is cached")
	})
}

func TestDeadlineOfTheFirstIsNotTheLoads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, "trace-7"), time.Second)
		defer cancel()
		get(ctx, c)
		load := s.next(t, "nothing is cached")
		if got := load.ctx.Value(key{}); got != "trace-7" {
			t.Errorf("the loader looked up a value of the context of Get, and found %v", got)
		}
		second := get(t.Context(), c)
		time.Sleep(2 * time.Second)
		if err := load.ctx.Err(); err != nil {
			t.Errorf("the deadline of the caller that had started the load has passed, another one waits for it, and the load's context says %v", err)
		}
		load.ends("value", nil)
		expectResult(t, second, result{value: "value"}, "its own context has no deadline")
	})
}

func TestLoadThatNobodyWantsIsAbandoned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		ctx, cancel := context.WithCancel(t.Context())
		first, second := get(ctx, c), get(ctx, c)
		old := s.next(t, "nothing is cached")
		cancel()
		expectResult(t, first, result{err: context.Canceled}, "its context was cancelled")
		expectResult(t, second, result{err: context.Canceled}, "its context was cancelled")
		if old.ctx.Err() == nil {
			t.Error("all that waited for a load have given up, and its context is not cancelled: it goes on for nobody")
		}
		third := get(t.Context(), c)
		fresh := s.next(t, "the load that is running was abandoned: its context is cancelled, nobody can make use of it")
		old.ends("abandoned", nil)
		fourth := get(t.Context(), c)
		s.none(t, "an abandoned load has ended, the one that began after it is still running")
		fresh.ends("fresh", nil)
		expectResult(t, third, result{value: "fresh"}, "called after a load was abandoned")
		expectResult(t, fourth, result{value: "fresh"}, "called after an abandoned load had ended")
		expectResult(t, get(t.Context(), c), result{value: "fresh"}, "both loads have ended")
	})
}

func TestDoneContextDoesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		done, cancel := context.WithCancel(t.Context())
		cancel()
		expectResult(t, get(done, c), result{err: context.Canceled}, "its context was done before")
		s.none(t, "the only caller's context was done before")
	})
}

func TestWaitingCallersShareTheError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(t)
		c := cache.New(time.Hour, s.load)
		first, second := get(t.Context(), c), get(t.Context(), c)
		s.next(t, "nothing is cached").ends("half a value", errDown)
		expectResult(t, first, result{err: errDown}, "the load failed")
		expectResult(t, second, result{err: errDown}, "the load failed")
		s.none(t, "the load failed, and nobody has asked since")
	})
}

func TestCrashesAreErrors(t *testing.T) {
	for what, crash := range map[string]func(){
		"panicked":              func() { panic("index out of range") },
		"called runtime.Goexit": runtime.Goexit,
	} {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			c := cache.New(time.Hour, func(context.Context, string) (string, error) {
				if calls++; calls == 1 {
					time.Sleep(time.Second)
					crash()
				}
				return "value", nil
			})
			first, second := get(t.Context(), c), get(t.Context(), c)
			time.Sleep(2 * time.Second)
			expectResult(t, first, result{err: cache.ErrCrashed}, "the loader "+what)
			expectResult(t, second, result{err: cache.ErrCrashed}, "the loader "+what)
			expect(t, c, "kettle", "value", "the load before "+what)
		})
	}
}

func TestValuesAreServedDuringOtherLoads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{takes: time.Minute}
		c := cache.New(time.Hour, s.load)
		expect(t, c, "kettle", "kettle#1", "nothing is cached")
		go c.Get(context.Background(), "pot")
		synctest.Wait()
		begin := time.Now()
		expect(t, c, "kettle", "kettle#1", "another key is being loaded")
		c.Invalidate("lid")
		c.Invalidate("pot")
		if took := time.Since(begin); took != 0 {
			t.Errorf("a Get of a cached value and Invalidate took %v while another key was being loaded, want no time", took)
		}
		time.Sleep(time.Hour / 2) // virtual: the load comes to its end
	})
}
