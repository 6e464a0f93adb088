package poller

import (
	"testing"
	"time"
)

func TestPollsAtInterval(t *testing.T) {
	polled := make(chan struct{})
	p := &Poller{Interval: time.Millisecond, Poll: func() {
		select {
		case polled <- struct{}{}:
		default:
		}
	}}
	p.Start()
	<-polled
	p.Stop()
}

func TestZeroIntervalDisables(t *testing.T) {
	p := &Poller{Poll: func() { t.Error("polled") }}
	p.Start()
	p.Stop()
}
