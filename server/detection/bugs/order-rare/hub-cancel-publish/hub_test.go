package hub

import (
	"sync"
	"testing"
)

func TestCancelWhilePublishing(t *testing.T) {
	h := New()
	stays, kept := h.Subscribe()
	leaves, left := h.Subscribe()
	var wg sync.WaitGroup
	wg.Go(func() { h.Publish("v1.4 is live") })
	h.Cancel(leaves)
	wg.Wait()
	if note := <-kept; note != "v1.4 is live" {
		t.Errorf("got %q", note)
	}
	for note := range left {
		t.Logf("arrived before the cancellation: %s", note)
	}
	h.Cancel(stays)
}
