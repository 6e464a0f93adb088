// Package seats sets seats of a hall aside for customers who are paying.
package seats

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// Hall is a set of seats. Its methods may be called by any number of goroutines.
type Hall struct {
	ttl time.Duration

	mu     sync.Mutex     // guards all below
	moved  sync.Cond      // a seat has become free or was sold
	owners map[string]int // seat → ID of the hold it belongs to; 0: free
	open   map[int]*open  // holds that are neither over nor confirmed
	sold   map[int]bool   // confirmed holds
	lastID int
}

type open struct {
	Hold
	timer *time.Timer
}

// New returns a hall with free seats. Holds expire after ttl.
func New(ttl time.Duration, seats ...string) *Hall {
	h := &Hall{ttl: ttl, owners: map[string]int{}, open: map[int]*open{}, sold: map[int]bool{}}
	h.moved.L = &h.mu
	for _, seat := range seats {
		h.owners[seat] = 0
	}
	return h
}

// Hold sets all the seats aside, or none.
func (h *Hall) Hold(seats ...string) (Hold, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	wait, err := h.look(seats)
	if err == nil && wait {
		err = ErrTaken
	}
	if err != nil {
		return Hold{}, err
	}
	return h.take(seats), nil
}

// Await is Hold, but waits for seats that others hold.
func (h *Hall) Await(ctx context.Context, seats ...string) (Hold, error) {
	defer context.AfterFunc(ctx, func() {
		h.mu.Lock() // so that it cannot come between looking at the context and waiting
		defer h.mu.Unlock()
		h.moved.Broadcast()
	})()
	h.mu.Lock()
	defer h.mu.Unlock()
	for ctx.Err() == nil {
		wait, err := h.look(seats)
		if err != nil {
			return Hold{}, err
		}
		if !wait {
			return h.take(seats), nil
		}
		h.moved.Wait()
	}
	return Hold{}, ctx.Err()
}

// Confirm sells the seats of a hold. It may be called again.
func (h *Hall) Confirm(id int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tidy()
	o := h.open[id]
	switch {
	case h.sold[id]:
		return nil
	case o != nil:
		o.timer.Stop()
		delete(h.open, id)
		h.sold[id] = true
		h.moved.Broadcast()
		return nil
	case id < 1 || id > h.lastID:
		return ErrUnknownHold
	}
	return ErrExpired
}

// Release makes the seats of a hold free. It may be called again.
func (h *Hall) Release(id int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.sold[id]:
		return ErrSold
	case id < 1 || id > h.lastID:
		return ErrUnknownHold
	}
	h.end(id)
	return nil
}

// Stats returns the state at this moment.
func (h *Hall) Stats() Stats {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tidy()
	var s Stats
	for _, id := range h.owners {
		switch {
		case id == 0:
			s.Free++
		case h.sold[id]:
			s.Sold++
		default:
			s.Held++
		}
	}
	return s
}

// look tells whether the seats are in the hands of others who may still let them go. h.mu is held.
func (h *Hall) look(seats []string) (wait bool, err error) {
	if len(seats) == 0 {
		return false, ErrNoSeats
	}
	h.tidy()
	for _, seat := range seats {
		if _, ok := h.owners[seat]; !ok {
			return false, fmt.Errorf("%w: %s", ErrUnknownSeat, seat)
		}
	}
	for _, seat := range seats {
		id := h.owners[seat]
		if h.sold[id] {
			return false, fmt.Errorf("%w: %s is sold", ErrTaken, seat)
		}
		wait = wait || id != 0
	}
	return wait, nil
}

// take gives free seats to a new hold. h.mu is held.
func (h *Hall) take(seats []string) Hold {
	h.lastID++
	id := h.lastID
	hold := Hold{ID: id, Expires: time.Now().Add(h.ttl)}
	for _, seat := range seats {
		if h.owners[seat] != id {
			h.owners[seat] = id
			hold.Seats = append(hold.Seats, seat)
		}
	}
	mine := hold
	mine.Seats = slices.Clone(hold.Seats) // the caller may do with its own what it likes
	h.open[id] = &open{Hold: mine, timer: time.AfterFunc(h.ttl, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.end(id)
	})}
	return hold
}

// tidy ends what has expired although its timer has not come to it yet. h.mu is held.
func (h *Hall) tidy() {
	now := time.Now()
	for id, o := range h.open {
		if !now.Before(o.Expires) {
			h.end(id)
		}
	}
}

// end frees the seats of a hold, if it is still open. h.mu is held.
func (h *Hall) end(id int) {
	o, ok := h.open[id]
	if !ok {
		return
	}
	o.timer.Stop()
	delete(h.open, id)
	for _, seat := range o.Seats {
		h.owners[seat] = 0
	}
	h.moved.Broadcast()
}
