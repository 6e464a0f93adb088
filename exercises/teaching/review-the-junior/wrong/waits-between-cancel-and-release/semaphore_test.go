package semaphore_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"sandbox/semaphore"
)

// call is an Acquire in a goroutine of its own, in a synctest bubble.
type call struct {
	what   string
	cancel context.CancelFunc
	result chan error // room for the one result: nobody has to receive it
}

func acquire(ctx context.Context, s *semaphore.Semaphore, n int, what string) *call {
	ctx, cancel := context.WithCancel(ctx)
	c := &call{what: what, cancel: cancel, result: make(chan error, 1)}
	go func() { c.result <- s.Acquire(ctx, n) }()
	synctest.Wait() // it has its place in the line before anybody else comes
	return c
}

// outcome tells whether the call has returned, once nothing moves any more.
func (c *call) outcome() (returned bool, err error) {
	synctest.Wait()
	select {
	case err := <-c.result:
		return true, err
	default:
		return false, nil
	}
}

func (c *call) mustWait(t *testing.T, why string) {
	t.Helper()
	if returned, err := c.outcome(); returned {
		t.Fatalf("%s: Acquire of %s returned %v, and it has to wait", why, c.what, err)
	}
}

func (c *call) mustHold(t *testing.T, why string) {
	t.Helper()
	if returned, err := c.outcome(); !returned || err != nil {
		t.Fatalf("%s: Acquire of %s must have its permits; returned: %v, error: %v", why, c.what, returned, err)
	}
}

func (c *call) mustFail(t *testing.T, want error, why string) {
	t.Helper()
	if returned, err := c.outcome(); !returned || !errors.Is(err, want) {
		t.Fatalf("%s: Acquire of %s must fail with %q; returned: %v, error: %v", why, c.what, want, returned, err)
	}
}

// mustHaveFree takes exactly so many permits and gives them back.
func mustHaveFree(t *testing.T, s *semaphore.Semaphore, free int, why string) {
	t.Helper()
	synctest.Wait()
	if free > 0 && !s.TryAcquire(free) {
		t.Fatalf("%s: TryAcquire(%d) failed, and %d permits must be free", why, free, free)
	}
	if s.TryAcquire(1) {
		t.Fatalf("%s: more than %d permits are free", why, free)
	}
	if free > 0 {
		s.Release(free)
	}
}

// full returns a semaphore of which every permit is taken.
func full(t *testing.T, size int) *semaphore.Semaphore {
	t.Helper()
	s := semaphore.New(size)
	if err := s.Acquire(t.Context(), size); err != nil {
		t.Fatalf("all %d permits are free, and Acquire of them returned %v", size, err)
	}
	return s
}

func TestPermitsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := semaphore.New(3)
		mustHaveFree(t, s, 3, "a new semaphore of 3")
		if err := s.Acquire(t.Context(), 2); err != nil {
			t.Fatalf("3 permits are free, and Acquire of 2 returned %v", err)
		}
		mustHaveFree(t, s, 1, "2 of 3 are taken")
		if s.TryAcquire(2) {
			t.Fatal("1 permit is free, and TryAcquire took 2")
		}
		s.Release(1)
		mustHaveFree(t, s, 2, "1 of the 2 came back")
		s.Release(1)
		mustHaveFree(t, s, 3, "all came back")
	})
}

func TestFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := full(t, 3)
		big := acquire(t.Context(), s, 3, "3 permits, first in line")
		small := acquire(t.Context(), s, 1, "1 permit, behind it")
		s.Release(1)
		big.mustWait(t, "1 of 3 is free")
		small.mustWait(t, "1 is free, and somebody was there before")
		if s.TryAcquire(1) {
			t.Fatal("1 permit is free, two are waiting, and TryAcquire overtook them")
		}
		late := acquire(t.Context(), s, 1, "1 permit, last in line")
		late.mustWait(t, "1 is free, and two were there before")
		s.Release(2)
		big.mustHold(t, "all 3 are free and it is the first")
		small.mustWait(t, "the first has taken everything")
		s.Release(2)
		small.mustHold(t, "2 are free and it is the first")
		late.mustHold(t, "1 more is free and it is the next")
	})
}

func TestOneReleaseServesAllForWhomItSuffices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := full(t, 4)
		one := acquire(t.Context(), s, 1, "1 permit")
		two := acquire(t.Context(), s, 2, "2 permits")
		three := acquire(t.Context(), s, 3, "3 permits")
		s.Release(4)
		one.mustHold(t, "4 came back at once")
		two.mustHold(t, "4 came back at once, 1 went to the first")
		three.mustWait(t, "1 is left")
		s.Release(2)
		three.mustHold(t, "3 are free")
	})
}

func TestWhoGivesUpHoldsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := full(t, 2)
		given := acquire(t.Context(), s, 1, "1 permit")
		given.cancel()
		given.mustFail(t, context.Canceled, "its context was cancelled while it was waiting")
		s.Release(2)
		mustHaveFree(t, s, 2, "the only waiter has given up")

		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Acquire(ctx, 1); !errors.Is(err, context.Canceled) {
			t.Fatalf("Acquire with a context that is done returned %v", err)
		}
		mustHaveFree(t, s, 2, "an Acquire came with a context that was done")
	})
}

func TestWhoGivesUpHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := full(t, 3)
		s.Release(2)
		big := acquire(t.Context(), s, 3, "3 permits, first in line")
		first := acquire(t.Context(), s, 1, "1 permit, behind it")
		second := acquire(t.Context(), s, 1, "1 permit, last in line")
		first.mustWait(t, "somebody was there before")
		big.cancel()
		big.mustFail(t, context.Canceled, "its context was cancelled")
		first.mustHold(t, "the one that held it up has given up, and 2 are free")
		second.mustHold(t, "the one that held it up has given up, and 2 are free")
	})
}

func TestTooManyAreRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := full(t, 2)
		acquire(t.Context(), s, 3, "3 permits of 2").mustFail(t, semaphore.ErrTooLarge, "so many will never be free")
		s.Release(2)
		if s.TryAcquire(3) {
			t.Fatal("TryAcquire took 3 permits of 2")
		}
		mustHaveFree(t, s, 2, "requests for too many were refused")
	})
}

// When the context ends while permits come, both results are right. What must fit is what happened to the permits.
func TestCancelAndReleaseAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for round := range 100 {
			s := full(t, 1)
			c := acquire(t.Context(), s, 1, "1 permit")
			if round%2 == 0 {
				c.cancel()
				synctest.Wait()
				s.Release(1)
			} else {
				s.Release(1)
				synctest.Wait()
				c.cancel()
			}
			returned, err := c.outcome()
			if !returned {
				t.Fatal("a permit came and the context was cancelled, and Acquire is still waiting")
			}
			if err == nil {
				s.Release(1)
			} else if !errors.Is(err, context.Canceled) {
				t.Fatalf("the context was cancelled, and Acquire returned %v", err)
			}
			mustHaveFree(t, s, 1, "a permit came while the context was cancelled")
		}
	})
}

// endless is a context that could end and never does.
type endless struct {
	context.Context
	done chan struct{}
}

func (e endless) Done() <-chan struct{} { return e.done }

// What is left behind keeps the bubble from ending.
func TestNothingIsLeftOfACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := full(t, 1)
		result := make(chan error, 1)
		go func() { result <- s.Acquire(endless{context.Background(), make(chan struct{})}, 1) }()
		synctest.Wait()
		s.Release(1)
		if err := <-result; err != nil {
			t.Fatalf("a permit came, and the waiting Acquire returned %v", err)
		}
	})
}

// Not in a bubble: waiting for a mutex would not be seen as being stuck there.
func TestReleaseOfMoreThanIsHeld(t *testing.T) {
	s := semaphore.New(3)
	if !s.TryAcquire(1) {
		t.Fatal("3 permits are free, and TryAcquire(1) failed")
	}
	if !panics(func() { s.Release(2) }) {
		t.Fatal("1 permit is held, and Release(2) did not panic")
	}
	s.Release(1) // the one is still held
	if !panics(func() { s.Release(1) }) {
		t.Fatal("no permit is held, and Release(1) did not panic")
	}
	if !s.TryAcquire(3) || s.TryAcquire(1) {
		t.Fatal("after a refused Release there must be as many permits as before")
	}
}

func panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return false
}

func TestNeverTooManyInside(t *testing.T) {
	const size, visitors, visits = 3, 8, 50
	s := semaphore.New(size)
	var inside atomic.Int64
	enter := func(n int) {
		if now := inside.Add(int64(n)); now > size {
			t.Errorf("%d permits are in use, and there are %d", now, size)
		}
		inside.Add(int64(-n))
		s.Release(n)
	}
	var wg sync.WaitGroup
	for i := range visitors {
		n := 1 + i%size
		wg.Go(func() {
			for range visits {
				if s.TryAcquire(n) {
					enter(n)
				}
				if err := s.Acquire(context.Background(), n); err != nil {
					t.Errorf("Acquire of %d returned %v", n, err)
					return
				}
				enter(n)
			}
		})
	}
	wg.Wait()
	if !s.TryAcquire(size) {
		t.Errorf("all permits were given back, and TryAcquire(%d) failed", size)
	}
}
