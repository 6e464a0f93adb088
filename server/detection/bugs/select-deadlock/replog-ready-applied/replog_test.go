package replog

import "testing"

func TestEntriesAppliedInOrder(t *testing.T) {
	log := make(chan string, 8)
	n := Start(func(e Entry) { log <- e.Data })
	n.Propose("set x=1")
	n.Propose("set y=2")
	n.Propose("del x")
	for _, want := range []string{"set x=1", "set y=2", "del x"} {
		if got := <-log; got != want {
			t.Errorf("applied %q, want %q", got, want)
		}
	}
	n.Stop()
}
