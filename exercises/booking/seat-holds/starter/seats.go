// Package seats sets seats of a hall aside for customers who are paying.
package seats

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrNoSeats is returned for a wish that names no seat.
	ErrNoSeats = errors.New("seats: no seat named")
	// ErrUnknownSeat is returned for a seat that the hall does not have.
	ErrUnknownSeat = errors.New("seats: no such seat")
	// ErrTaken is returned when a seat is held by somebody else or sold.
	ErrTaken = errors.New("seats: taken")
	// ErrUnknownHold is returned for an ID that was never given.
	ErrUnknownHold = errors.New("seats: no such hold")
	// ErrExpired is returned by Confirm for a hold that has expired or was released.
	ErrExpired = errors.New("seats: hold has expired")
	// ErrSold is returned by Release for a hold that was confirmed.
	ErrSold = errors.New("seats: already sold")
)

// Hold is a promise that seats are set aside until it expires.
type Hold struct {
	ID      int
	Seats   []string // each once, in the order in which they were first named
	Expires time.Time
}

// Stats is the state of a hall at one moment.
type Stats struct {
	Free, Held, Sold int // seats
}

// Hall is a set of seats. Its methods may be called by any number of goroutines.
type Hall struct {
	// TODO
}

var errTODO = errors.New("not written yet")

// New returns a hall with free seats. Holds expire after ttl.
func New(ttl time.Duration, seats ...string) *Hall {
	return &Hall{}
}

// Hold sets all the seats aside, or none.
func (h *Hall) Hold(seats ...string) (Hold, error) {
	return Hold{}, errTODO
}

// Await is Hold, but waits for seats that others hold.
func (h *Hall) Await(ctx context.Context, seats ...string) (Hold, error) {
	return Hold{}, errTODO
}

// Confirm sells the seats of a hold. It may be called again.
func (h *Hall) Confirm(id int) error {
	return errTODO
}

// Release makes the seats of a hold free. It may be called again.
func (h *Hall) Release(id int) error {
	return errTODO
}

// Stats returns the state at this moment.
func (h *Hall) Stats() Stats {
	return Stats{}
}
