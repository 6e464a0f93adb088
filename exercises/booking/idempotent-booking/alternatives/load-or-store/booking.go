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

// call is a booking for a key. What is not the request is final once done is closed.
type call struct {
	req     Request
	done    chan struct{}
	receipt Receipt
	err     error
	expires time.Time
}

// Desk takes requests. Its methods may be called by any number of goroutines.
type Desk struct {
	ttl   time.Duration
	book  Book
	calls sync.Map // key → *call
}

// New returns a desk that remembers successful bookings for ttl.
func New(ttl time.Duration, book Book) *Desk {
	return &Desk{ttl: ttl, book: book}
}

// Do books req, unless that is being done or was done already: then it returns the same outcome.
func (d *Desk) Do(ctx context.Context, req Request) (Receipt, error) {
	if req.Key == "" {
		return Receipt{}, ErrNoKey
	}
	if ctx.Err() != nil {
		return Receipt{}, ctx.Err()
	}
	mine := &call{req: req, done: make(chan struct{})}
	for {
		found, loaded := d.calls.LoadOrStore(req.Key, mine)
		c := found.(*call)
		if !loaded {
			go d.run(context.WithoutCancel(ctx), mine)
		}
		select {
		case <-c.done:
			if loaded && !time.Now().Before(c.expires) { // also all failures: their expiry is zero
				d.calls.CompareAndDelete(req.Key, c)
				continue
			}
		default:
		}
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
}

// run books, publishes the outcome, and sees to it that the key is forgotten in time.
func (d *Desk) run(ctx context.Context, c *call) {
	defer close(c.done)
	defer func() {
		if cause := recover(); cause != nil {
			c.err = fmt.Errorf("%w: %v", ErrPanicked, cause)
		}
		if c.err != nil {
			c.receipt = Receipt{}
			d.calls.CompareAndDelete(c.req.Key, c)
			return
		}
		c.expires = time.Now().Add(d.ttl)
		time.AfterFunc(d.ttl, func() { d.calls.CompareAndDelete(c.req.Key, c) })
	}()
	c.receipt, c.err = d.book(ctx, c.req)
}
