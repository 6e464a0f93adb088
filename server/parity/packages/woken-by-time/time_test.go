// Every goroutine stands still for longer than a proof takes, and then goes on.
package woken

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const long = 1200 * time.Millisecond

var (
	mu     sync.Mutex
	nobody = make(chan int)
)

func TestAfterFuncUnlocks(t *testing.T) {
	mu.Lock()
	time.AfterFunc(long, mu.Unlock)
	mu.Lock()
	mu.Unlock()
}

func TestSelectWithTimeAfter(t *testing.T) {
	select {
	case <-nobody:
	case <-time.After(long):
	}
}

func TestContextWithTimeout(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	select {
	case <-nobody:
	case <-ctx.Done():
	}
}

func TestBubbleWaitsForOutside(t *testing.T) {
	mu.Lock()
	time.AfterFunc(long, mu.Unlock)
	synctest.Test(t, func(t *testing.T) {
		go func() {
			mu.Lock()
			mu.Unlock()
		}()
		time.Sleep(time.Hour)
	})
}

func TestContextOfTest(t *testing.T) {
	ctx := t.Context()
	ended := make(chan int)
	go func() {
		<-ctx.Done()
		close(ended)
	}()
	t.Cleanup(func() { <-ended })
	timer := time.NewTimer(long)
	<-timer.C
}
