// Package poller asks for news again and again, until it is stopped.
package poller

import (
	"context"
	"time"
)

// Config is the rhythm of a poller.
type Config struct {
	Every   time.Duration // pause between two polls; > 0
	Timeout time.Duration // how long one poll may take; > 0
}

// Poller calls a function again and again. Its methods may be called by any number of goroutines.
type Poller struct {
	asked chan struct{}
	stop  chan struct{}
}

// Start begins to poll. It ends with Stop or with ctx.
func Start(ctx context.Context, cfg Config, poll func(ctx context.Context)) *Poller {
	p := &Poller{asked: make(chan struct{}), stop: make(chan struct{})}
	once := func() {
		ctx, _ := context.WithTimeout(ctx, cfg.Timeout)
		poll(ctx)
	}
	go func() {
		go once()
		ticker := time.NewTicker(cfg.Every)
		for {
			select {
			case <-ticker.C:
				go once()
			case <-p.asked:
				go once()
			case <-p.stop:
				return
			}
		}
	}()
	return p
}

// Refresh asks for a poll now, or right after the one that is running. It does not wait.
func (p *Poller) Refresh() {
	p.asked <- struct{}{}
}

// Stop ends the polling and waits for the poll that is running. It must not be called by poll.
func (p *Poller) Stop() {
	p.stop <- struct{}{}
}
