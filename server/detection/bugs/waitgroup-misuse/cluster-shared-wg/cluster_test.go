package cluster

import "testing"

func TestPingWhileConfigIsPushed(t *testing.T) {
	c := New("a", "b", "c")
	pinged := make(chan int)
	go func() {
		last := 0
		for range 20 {
			last = c.Ping()
		}
		pinged <- last
	}()
	for v := range int64(20) {
		c.Push(v + 1)
	}
	if got := <-pinged; got != 3 {
		t.Errorf("%d nodes answered, want 3", got)
	}
	for _, n := range c.nodes {
		if v := n.version.Load(); v != 20 {
			t.Errorf("node %s has version %d, want 20", n.Name, v)
		}
	}
}
