// Package seats sets seats of a hall aside for customers who are paying.
package seats

import (
	"context"
	"errors"
	"fmt"
	"sync"
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

type state int

const (
	held state = iota // or expired: the clock tells
	released
	sold
)

// record is what the hall keeps of a hold.
type record struct {
	expires time.Time
	state   state
}

// expired tells whether the seats are free again although nobody released them.
func (r *record) expired(now time.Time) bool {
	return r.state == held && !now.Before(r.expires)
}

// Hall is a set of seats. Its methods may be called by any number of goroutines.
type Hall struct {
	ttl time.Duration

	mu      sync.Mutex         // guards all below
	seats   map[string]*record // whom a seat was given to last; nil: nobody. Whether it is free, the record tells
	records []*record          // by ID
	changed chan struct{}      // closed and replaced whenever a hold was released or confirmed
}

// New returns a hall with free seats. Holds expire after ttl.
func New(ttl time.Duration, seats ...string) *Hall {
	h := &Hall{ttl: ttl, seats: make(map[string]*record, len(seats)), changed: make(chan struct{})}
	for _, seat := range seats {
		h.seats[seat] = nil
	}
	return h
}

// Hold sets all the seats aside, or none.
func (h *Hall) Hold(seats ...string) (Hold, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	blocker, err := h.blocker(seats, now)
	if err != nil {
		return Hold{}, err
	}
	if blocker != nil {
		return Hold{}, ErrTaken
	}
	return h.take(seats, now), nil
}

// Await is Hold, but waits for seats that others hold.
func (h *Hall) Await(ctx context.Context, seats ...string) (Hold, error) {
	for ctx.Err() == nil {
		h.mu.Lock()
		now := time.Now()
		blocker, err := h.blocker(seats, now)
		if err != nil {
			h.mu.Unlock()
			return Hold{}, err
		}
		if blocker == nil {
			hold := h.take(seats, now)
			h.mu.Unlock()
			return hold, nil
		}
		changed := h.changed // fetched under the lock: no change can slip in between looking and waiting
		h.mu.Unlock()

		expiry := time.NewTimer(blocker.expires.Sub(now))
		select {
		case <-changed:
		case <-expiry.C:
		case <-ctx.Done():
		}
		expiry.Stop()
	}
	return Hold{}, ctx.Err()
}

// Confirm sells the seats of a hold. It may be called again.
func (h *Hall) Confirm(id int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	r, err := h.find(id)
	if err != nil {
		return err
	}
	if r.state == sold {
		return nil
	}
	if r.state == released {
		return ErrExpired
	}
	r.state = sold
	h.announce()
	return nil
}

// Release makes the seats of a hold free. It may be called again.
func (h *Hall) Release(id int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	r, err := h.find(id)
	if err != nil {
		return err
	}
	if r.state == sold {
		return ErrSold
	}
	r.state = released
	h.announce()
	return nil
}

// Stats returns the state at this moment.
func (h *Hall) Stats() Stats {
	h.mu.Lock()
	defer h.mu.Unlock()
	var s Stats
	now := time.Now()
	for _, r := range h.seats {
		switch {
		case r == nil || r.state == released || r.expired(now):
			s.Free++
		case r.state == sold:
			s.Sold++
		default:
			s.Held++
		}
	}
	return s
}

// blocker returns a hold that is in the way of the seats and may go away; nil when all are free. What will
// never go away is an error. h.mu is held.
func (h *Hall) blocker(seats []string, now time.Time) (*record, error) {
	if len(seats) == 0 {
		return nil, ErrNoSeats
	}
	var blocker *record
	var err error
	for _, seat := range seats {
		r, ok := h.seats[seat]
		switch {
		case !ok:
			return nil, fmt.Errorf("%w: %s", ErrUnknownSeat, seat)
		case r == nil || r.state == released || r.expired(now): // free
		case r.state == sold:
			err = fmt.Errorf("%w: %s is sold", ErrTaken, seat)
		default:
			blocker = r
		}
	}
	return blocker, err
}

// take gives seats that are free to a new hold. h.mu is held.
func (h *Hall) take(seats []string, now time.Time) Hold {
	r := &record{expires: now.Add(h.ttl)}
	h.records = append(h.records, r)
	hold := Hold{ID: len(h.records), Expires: r.expires}
	for _, seat := range seats {
		if h.seats[seat] != r { // not named twice
			h.seats[seat] = r
			hold.Seats = append(hold.Seats, seat)
		}
	}
	return hold
}

// find returns the record of a hold. h.mu is held.
func (h *Hall) find(id int) (*record, error) {
	if id < 1 || id > len(h.records) {
		return nil, ErrUnknownHold
	}
	return h.records[id-1], nil
}

// announce wakes all who wait. h.mu is held.
func (h *Hall) announce() {
	close(h.changed)
	h.changed = make(chan struct{})
}
