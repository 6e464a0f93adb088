// Package shed decides which requests a service takes on when there are too many.
package shed

import (
	"context"
	"errors"
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
	// TODO
}

var errTODO = errors.New("not written yet")

// New returns a door whose bucket is full.
func New(cfg Config) (*Door, error) {
	return nil, errTODO
}

// Do serves a request with full if the door lets it in. A browser that finds no slot is served with light.
func (d *Door) Do(ctx context.Context, class Class, full, light func(context.Context) error) error {
	return errTODO
}

// Stats returns the state of the door at this moment.
func (d *Door) Stats() Stats {
	return Stats{}
}
