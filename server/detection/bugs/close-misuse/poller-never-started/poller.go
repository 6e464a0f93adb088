// Package poller calls a function at a fixed interval.
package poller

import "time"

// Poller is configured by its fields. An interval of zero disables it.
type Poller struct {
	Interval time.Duration
	Poll     func()

	stop chan struct{}
	done chan struct{}
}

// Start begins polling.
func (p *Poller) Start() {
	if p.Interval <= 0 || p.Poll == nil {
		return
	}
	p.stop = make(chan struct{})
	p.done = make(chan struct{})
	go p.loop()
}

func (p *Poller) loop() {
	defer close(p.done)
	ticker := time.NewTicker(p.Interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.Poll()
		case <-p.stop:
			return
		}
	}
}

// Stop ends polling and waits for a running call.
func (p *Poller) Stop() {
	close(p.stop)
	<-p.done
}
