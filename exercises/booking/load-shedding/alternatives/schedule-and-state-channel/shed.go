// Package shed decides which requests a service takes on when there are too many.
package shed

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
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
	cfg   Config
	begin time.Time
	// full is when the bucket will be full again, in nanoseconds since begin: a schedule instead of a number of tokens.
	full atomic.Int64
	// state lies in the channel while nobody uses it: whoever takes it out owns it.
	state chan state
}

type state struct {
	running int
	waiting *list.List // of *ticket; not empty only while running is Slots
}

// ticket is a checkout that waits. called is closed when it gets a slot, by whoever owns the state.
type ticket struct {
	called chan struct{}
	given  bool
}

// New returns a door whose bucket is full.
func New(cfg Config) (*Door, error) {
	if cfg.Burst < 1 || cfg.Every <= 0 || cfg.Slots < 1 || cfg.Reserved < 0 || cfg.Reserved >= cfg.Slots || cfg.Queue < 0 || cfg.MaxWait <= 0 {
		return nil, fmt.Errorf("%w: %+v", ErrConfig, cfg)
	}
	d := &Door{cfg: cfg, begin: time.Now(), state: make(chan state, 1)}
	d.state <- state{waiting: list.New()}
	return d, nil
}

// Do serves a request with full if the door lets it in. A browser that finds no slot is served with light.
func (d *Door) Do(ctx context.Context, class Class, full, light func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.schedule(); err != nil {
		return err
	}
	var err error
	if class == Browse {
		err = d.enterNow(d.cfg.Slots-d.cfg.Reserved, nil)
	} else {
		err = d.enterOrWait(ctx)
	}
	switch {
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
	s := <-d.state
	defer func() { d.state <- s }()
	return Stats{Running: s.running, Waiting: s.waiting.Len()}
}

// schedule moves the moment at which the bucket is full by one token, unless that would need more than Burst tokens.
func (d *Door) schedule() error {
	every, most := int64(d.cfg.Every), int64(d.cfg.Burst)*int64(d.cfg.Every)
	for {
		now := int64(time.Since(d.begin))
		old := d.full.Load()
		full := max(old, now) + every
		if tooEarly := full - now - most; tooEarly > 0 {
			return &RateError{RetryAfter: time.Duration(tooEarly)}
		}
		if d.full.CompareAndSwap(old, full) {
			return nil
		}
	}
}

// enterNow takes a slot if fewer than limit are taken. If not, it queues t, if there is one.
func (d *Door) enterNow(limit int, t *ticket) error {
	s := <-d.state
	defer func() { d.state <- s }()
	switch {
	case s.running < limit:
		s.running++
		if t != nil {
			t.given = true
			close(t.called)
		}
	case t == nil || s.waiting.Len() >= d.cfg.Queue:
		return ErrBusy
	default:
		s.waiting.PushBack(t)
	}
	return nil
}

func (d *Door) enterOrWait(ctx context.Context) error {
	t := &ticket{called: make(chan struct{})}
	if err := d.enterNow(d.cfg.Slots, t); err != nil {
		return err
	}
	timeout := time.NewTimer(d.cfg.MaxWait)
	defer timeout.Stop()
	select {
	case <-t.called:
		return nil
	case <-timeout.C:
		return d.giveUp(t, ErrBusy)
	case <-ctx.Done():
		return d.giveUp(t, ctx.Err())
	}
}

// giveUp takes t off the queue. A slot that it was given at the same moment goes on to the next.
func (d *Door) giveUp(t *ticket, why error) error {
	s := <-d.state
	given := t.given
	for e := s.waiting.Front(); e != nil; e = e.Next() {
		if e.Value == t {
			s.waiting.Remove(e)
			break
		}
	}
	d.state <- s
	if given {
		d.leave()
	}
	return why
}

// leave gives the slot to the checkout that has waited longest, or frees it.
func (d *Door) leave() {
	s := <-d.state
	defer func() { d.state <- s }()
	first := s.waiting.Front()
	if first == nil {
		s.running--
		return
	}
	t := s.waiting.Remove(first).(*ticket)
	t.given = true
	close(t.called)
}
