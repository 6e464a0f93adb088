package forward

import "testing"

func TestLimitAppliesToWaitingMessage(t *testing.T) {
	f := New(8)
	f.Send("hello, world")
	f.SetLimit(5)
	if got := <-f.Messages(); got != "hello" {
		t.Errorf("received %q, want %q", got, "hello")
	}
	f.Close()
}

func TestCloseDoesNotWaitForReceiver(t *testing.T) {
	f := New(8)
	f.Send("never received")
	f.Close()
}
