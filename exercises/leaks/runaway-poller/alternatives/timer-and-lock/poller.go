// Package poller asks for news again and again, until it is stopped.
package poller

import (
	"context"
	"sync"
	"time"
)

// Config is the rhythm of a poller.
type Config struct {
	Every   time.Duration // pause between two polls; > 0
	Timeout time.Duration // how long one poll may take; > 0
}

// Poller calls a function again and again. While it pauses it has no goroutine.
type Poller struct {
	ctx    context.Context
	cancel context.CancelFunc
	cfg    Config
	poll   func(ctx context.Context)

	polls sync.WaitGroup // the running one

	mu      sync.Mutex // guards all below
	pause   *time.Timer
	running bool
	asked   bool // during a poll
	stopped bool
}

// Start begins to poll. It ends with Stop or with ctx.
func Start(ctx context.Context, cfg Config, poll func(ctx context.Context)) *Poller {
	p := &Poller{cfg: cfg, poll: poll}
	p.ctx, p.cancel = context.WithCancel(ctx)
	context.AfterFunc(p.ctx, p.halt)
	p.Refresh()
	return p
}

// Refresh asks for a poll now, or right after the one that is running. It does not wait.
func (p *Poller) Refresh() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped || p.ctx.Err() != nil {
		return
	}
	if p.running {
		p.asked = true
		return
	}
	if p.pause != nil {
		p.pause.Stop()
	}
	p.running = true
	p.polls.Go(p.pollWhileAsked)
}

func (p *Poller) pollWhileAsked() {
	for again := true; again; again = p.plan() {
		ctx, cancel := context.WithTimeout(p.ctx, p.cfg.Timeout)
		p.poll(ctx)
		cancel()
	}
}

// plan decides after a poll what comes next, and reports whether it is another poll now.
func (p *Poller) plan() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped || p.ctx.Err() != nil {
		p.running = false
		return false
	}
	if p.asked {
		p.asked = false
		return true
	}
	p.running = false
	p.pause = time.AfterFunc(p.cfg.Every, p.Refresh)
	return false
}

// halt lets no further poll begin.
func (p *Poller) halt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	if p.pause != nil {
		p.pause.Stop()
	}
}

// Stop ends the polling and waits for the poll that is running. It must not be called by poll.
func (p *Poller) Stop() {
	p.halt()
	p.cancel()
	p.polls.Wait()
}
