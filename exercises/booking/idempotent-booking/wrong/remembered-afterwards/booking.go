// Package booking books each request once, however often it is sent.
package booking

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var (
	// ErrNoKey is returned for a request without a key.
	ErrNoKey = errors.New("booking: request without a key")
	// ErrConflict is returned when a key is used for two different requests.
	ErrConflict = errors.New("booking: key was used for another request")
	// ErrPanicked is returned when the booking panicked.
	ErrPanicked = errors.New("booking: panicked")
)

// Request is what a customer wants.
type Request struct {
	Key      string // chosen by the client, the same for each attempt
	Customer string
	Event    string
	Tickets  int
}

// Receipt is what a customer gets.
type Receipt struct {
	Number string
}

// Book makes a booking and takes the money.
type Book func(ctx context.Context, req Request) (Receipt, error)

// call is a booking that is running or has succeeded.
type call struct {
	req  Request
	done chan struct{} // closed when the fields below are final

	receipt Receipt
	err     error
	expires time.Time
}

// Desk takes requests. Its methods may be called by any number of goroutines.
type Desk struct {
	ttl  time.Duration
	book Book

	mu         sync.Mutex       // guards all below
	calls      map[string]*call // by key; never a failed one
	remembered []*call          // those of calls that have succeeded, the one that expires first in front
}

// New returns a desk that remembers successful bookings for ttl.
func New(ttl time.Duration, book Book) *Desk {
	return &Desk{ttl: ttl, book: book, calls: make(map[string]*call)}
}

// Do books req, unless that is being done or was done already: then it returns the same outcome. The booking
// goes on when ctx ends.
func (d *Desk) Do(ctx context.Context, req Request) (Receipt, error) {
	if req.Key == "" {
		return Receipt{}, ErrNoKey
	}
	if err := ctx.Err(); err != nil {
		return Receipt{}, err
	}
	c := d.join(ctx, req)
	if c.req != req {
		return Receipt{}, fmt.Errorf("%w: %s", ErrConflict, req.Key)
	}
	select {
	case <-c.done:
		return c.receipt, c.err
	case <-ctx.Done():
		return Receipt{}, ctx.Err()
	}
}

// join returns the call that the key belongs to, and starts one if there is none.
func (d *Desk) join(ctx context.Context, req Request) *call {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forget(time.Now())
	if c, ok := d.calls[req.Key]; ok {
		return c
	}
	c := &call{req: req, done: make(chan struct{})}
	go d.run(context.WithoutCancel(ctx), c)
	return c
}

func (d *Desk) run(ctx context.Context, c *call) {
	receipt, err := d.attempt(ctx, c.req)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		c.err = err
		delete(d.calls, c.req.Key)
	} else {
		c.receipt = receipt
		c.expires = time.Now().Add(d.ttl)
		d.calls[c.req.Key] = c
		d.remembered = append(d.remembered, c)
	}
	close(c.done)
}

// attempt calls book and turns a panic into an error.
func (d *Desk) attempt(ctx context.Context, req Request) (receipt Receipt, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%w: %v", ErrPanicked, cause)
		}
	}()
	return d.book(ctx, req)
}

// forget drops what has been remembered long enough. d.mu is held.
func (d *Desk) forget(now time.Time) {
	for len(d.remembered) > 0 && !now.Before(d.remembered[0].expires) {
		delete(d.calls, d.remembered[0].req.Key)
		d.remembered[0] = nil // lets the collector have it
		d.remembered = d.remembered[1:]
	}
}
