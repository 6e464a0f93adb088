package semaphore_test

import (
	"testing"
	"testing/synctest"

	"sandbox/semaphore"
)

func TestAcquireWaitsForRelease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // a bubble: synctest.Wait returns when everybody else in it waits or has ended
		s := semaphore.New(1)
		if err := s.Acquire(t.Context(), 1); err != nil {
			t.Fatalf("the only permit is free, and Acquire returned %v", err)
		}
		acquired := make(chan error, 1)
		go func() { acquired <- s.Acquire(t.Context(), 1) }()
		synctest.Wait()
		select {
		case err := <-acquired:
			t.Fatalf("the only permit is taken, and a second Acquire returned %v instead of waiting", err)
		default:
		}
		s.Release(1)
		if err := <-acquired; err != nil {
			t.Fatalf("the permit was released, and the waiting Acquire returned %v", err)
		}
	})
}
