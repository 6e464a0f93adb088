package mailbox

import (
	"fmt"
	"sync"
	"testing"
)

func TestRequestReply(t *testing.T) {
	const rounds = 60
	requests, replies := New(), New()
	var wg sync.WaitGroup
	wg.Go(func() {
		for range rounds {
			replies.Push("re: " + requests.Pop())
		}
	})
	for i := range rounds {
		msg := fmt.Sprintf("msg %d", i)
		requests.Push(msg)
		if got := replies.Pop(); got != "re: "+msg {
			t.Errorf("round %d: got %q", i, got)
		}
	}
	wg.Wait()
}
