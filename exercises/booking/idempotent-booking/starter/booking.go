// Package booking books each request once, however often it is sent.
package booking

import (
	"context"
	"errors"
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

// Desk takes requests. Its methods may be called by any number of goroutines.
type Desk struct {
	// TODO
}

// New returns a desk that remembers successful bookings for ttl.
func New(ttl time.Duration, book Book) *Desk {
	return &Desk{}
}

// Do books req, unless that is being done or was done already: then it returns the same outcome. The booking
// goes on when ctx ends.
func (d *Desk) Do(ctx context.Context, req Request) (Receipt, error) {
	return Receipt{}, errors.New("not written yet")
}
