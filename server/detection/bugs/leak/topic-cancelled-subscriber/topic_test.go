package topic

import "testing"

func TestCancelledHandlerGetsNothing(t *testing.T) {
	orders := New()
	got := make(chan string, 4)
	sub := orders.Subscribe(func(msg string) { got <- msg })
	orders.Publish("order 1")
	if msg := <-got; msg != "order 1" {
		t.Errorf("got %q", msg)
	}
	sub.Cancel()
	if n := orders.Publish("order 2"); n != 0 {
		t.Errorf("published to %d subscribers, want 0", n)
	}
}
