package bus

import "testing"

func TestStopDuringPublish(t *testing.T) {
	b := New()
	watchers := []*Watcher{Watch(b), Watch(b), Watch(b), Watch(b)}
	published := make(chan struct{})
	go func() {
		defer close(published)
		for range 50 {
			b.Publish("orders")
		}
	}()
	for _, w := range watchers {
		if n := w.Stop()["orders"]; n > 50 {
			t.Errorf("saw %d orders, published 50", n)
		}
	}
	<-published
}
