package rpc

import (
	"sync"
	"testing"
)

func TestConcurrentCalls(t *testing.T) {
	requests, replies := make(chan Message), make(chan Message)
	c := NewClient(requests)
	var conn, calls sync.WaitGroup
	conn.Go(func() { c.Dispatch(replies) })
	conn.Go(func() {
		defer close(replies)
		for m := range requests {
			replies <- Message{m.ID, "echo " + m.Body}
		}
	})
	for _, name := range []string{"ada", "grace", "alan", "edsger"} {
		calls.Go(func() {
			for range 5 {
				if got := c.Call(name); got != "echo "+name {
					t.Errorf("Call(%q) = %q", name, got)
				}
			}
		})
	}
	calls.Wait()
	close(requests)
	conn.Wait()
}
