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
	cancel context.CancelFunc
	asked  chan struct{} // has room for one: somebody wants a poll now
	ended  chan struct{} // closed when the loop has ended, and with it the last poll
}

// Start begins to poll. It ends with Stop or with ctx.
func Start(ctx context.Context, cfg Config, poll func(ctx context.Context)) *Poller {
	ctx, cancel := context.WithCancel(ctx)
	p := &Poller{cancel: cancel, asked: make(chan struct{}, 1), ended: make(chan struct{})}
	go p.loop(ctx, cfg, poll)
	return p
}

func (p *Poller) loop(ctx context.Context, cfg Config, poll func(ctx context.Context)) {
	defer close(p.ended)
	defer p.cancel()
	if ctx.Err() != nil {
		return
	}
	once(ctx, cfg.Timeout, poll)
	pause := time.NewTicker(cfg.Every)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
		case <-pause.C:
		case <-p.asked:
		}
		if ctx.Err() != nil { // select may have chosen another case although it was done
			return
		}
		once(ctx, cfg.Timeout, poll)
	}
}

func once(ctx context.Context, timeout time.Duration, poll func(ctx context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	poll(ctx)
}

// Refresh asks for a poll now, or right after the one that is running. It does not wait.
func (p *Poller) Refresh() {
	select {
	case p.asked <- struct{}{}:
	default: // has been asked for
	}
}

// Stop ends the polling and waits for the poll that is running. It must not be called by poll.
func (p *Poller) Stop() {
	p.cancel()
	<-p.ended
}
