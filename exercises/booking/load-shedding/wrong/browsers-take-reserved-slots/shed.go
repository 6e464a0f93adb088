// Package shed decides which requests a service takes on when there are too many.
package shed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

var (
	// ErrConfig is matched by the error of New for a configuration that makes no sense.
	ErrConfig = errors.New("shed: invalid configuration")
	// ErrBusy is returned for a request that found no slot in time.
	ErrBusy = errors.New("shed: busy")
)

// RateError is returned for a request that found no token.
type RateError struct {
	RetryAfter time.Duration // until the next token is there
}

func (e *RateError) Error() string {
	return "shed: too many requests, retry after " + e.RetryAfter.String()
}

// Class says how important a request is.
type Class int

const (
	// Browse is a request that may be degraded.
	Browse Class = iota
	// Checkout is a request that is worth waiting for.
	Checkout
)

// Config says how much a door lets in.
type Config struct {
	Burst    int           // how many tokens the bucket holds; it starts full
	Every    time.Duration // a token comes back after so long
	Slots    int           // how many requests are served at the same time
	Reserved int           // how many of the slots browsers never get
	Queue    int           // how many checkouts may wait for a slot; may be 0
	MaxWait  time.Duration // and how long
}

// Stats is the state of a door at one moment.
type Stats struct {
	Running int // requests that have a slot
	Waiting int // checkouts that wait for one
}

// Door decides which requests are served. Its methods may be called by any number of goroutines.
type Door struct {
	cfg Config

	mu      sync.Mutex // guards all below; never held while a request is served
	tokens  int
	since   time.Time // when the last token came back, or the bucket stopped being full
	running int
	waiting []chan struct{} // not empty only while running == Slots. A send hands a slot over, and never blocks.
}

// New returns a door whose bucket is full.
func New(cfg Config) (*Door, error) {
	if cfg.Burst < 1 || cfg.Every <= 0 || cfg.Slots < 1 || cfg.Reserved < 0 || cfg.Reserved >= cfg.Slots || cfg.Queue < 0 || cfg.MaxWait <= 0 {
		return nil, fmt.Errorf("%w: %+v", ErrConfig, cfg)
	}
	return &Door{cfg: cfg, tokens: cfg.Burst}, nil
}

// Do serves a request with full if the door lets it in. A browser that finds no slot is served with light.
func (d *Door) Do(ctx context.Context, class Class, full, light func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.takeToken(); err != nil {
		return err
	}
	switch err := d.enter(ctx, class); {
	case err == nil:
		defer d.leave()
		return full(ctx)
	case class == Browse && light != nil:
		return light(ctx)
	default:
		return err
	}
}

// Stats returns the state of the door at this moment.
func (d *Door) Stats() Stats {
	d.mu.Lock()
	defer d.mu.Unlock()
	return Stats{Running: d.running, Waiting: len(d.waiting)}
}

func (d *Door) takeToken() error {
	now := time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refill(now)
	if d.tokens == 0 {
		return &RateError{RetryAfter: d.since.Add(d.cfg.Every).Sub(now)}
	}
	if d.tokens == d.cfg.Burst {
		d.since = now
	}
	d.tokens--
	return nil
}

// refill brings back the tokens that are due. Time that is not enough for a token counts for the next one. d.mu is held.
func (d *Door) refill(now time.Time) {
	missing := d.cfg.Burst - d.tokens
	if missing == 0 {
		return
	}
	due := min(int(now.Sub(d.since)/d.cfg.Every), missing)
	due = max(due, 0) // another goroutine may have read a later time before us
	d.tokens += due
	d.since = d.since.Add(time.Duration(due) * d.cfg.Every)
}

// enter gets a slot, or returns why there is none.
func (d *Door) enter(ctx context.Context, class Class) error {
	d.mu.Lock()
	if d.running < d.cfg.Slots {
		d.running++
		d.mu.Unlock()
		return nil
	}
	if class == Browse || len(d.waiting) >= d.cfg.Queue {
		d.mu.Unlock()
		return ErrBusy
	}
	slot := make(chan struct{}, 1)
	d.waiting = append(d.waiting, slot)
	d.mu.Unlock()
	return d.wait(ctx, slot)
}

func (d *Door) wait(ctx context.Context, slot chan struct{}) error {
	timeout := time.NewTimer(d.cfg.MaxWait)
	defer timeout.Stop()
	var err error
	select {
	case <-slot:
		return nil
	case <-timeout.C:
		err = ErrBusy
	case <-ctx.Done():
		err = ctx.Err()
	}
	if d.withdraw(slot) {
		return err
	}
	return nil // the slot came at the same moment, and is ours
}

// withdraw takes a checkout off the queue. It reports false where a slot was handed to it before.
func (d *Door) withdraw(slot chan struct{}) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.Index(d.waiting, slot)
	if i < 0 {
		return false
	}
	d.waiting = slices.Delete(d.waiting, i, i+1)
	return true
}

// leave hands the slot to the checkout that has waited longest, or frees it.
func (d *Door) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 {
		d.running--
		return
	}
	d.waiting[0] <- struct{}{}
	d.waiting = slices.Delete(d.waiting, 0, 1)
}
