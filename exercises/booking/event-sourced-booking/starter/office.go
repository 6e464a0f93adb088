// Package office books seats by writing down what happens.
package office

import (
	"context"
	"errors"
)

var (
	// ErrConflict is returned by Append when the expected version is not the last one.
	ErrConflict = errors.New("office: conflict")
	// ErrExists is returned for a show that was opened before.
	ErrExists = errors.New("office: show exists")
	// ErrNoShow is returned for a show that has no events.
	ErrNoShow = errors.New("office: no such show")
	// ErrMismatch is returned for a booking that is there with another number of seats.
	ErrMismatch = errors.New("office: booking has another number of seats")
	// ErrSoldOut is returned when there are fewer free seats than wanted.
	ErrSoldOut = errors.New("office: sold out")
	// ErrBusy is returned when somebody else was faster each time.
	ErrBusy = errors.New("office: too many conflicts")
	// ErrNoVersion is returned for a version that a show has not reached.
	ErrNoVersion = errors.New("office: no such version")
)

// Kind says what happened.
type Kind string

// The kinds of events. There may be others in a log.
const (
	Opened    Kind = "opened"    // Seats is the capacity; the first event of a show
	Booked    Kind = "booked"    // Booking got Seats
	Cancelled Kind = "cancelled" // Booking gave its seats back
)

// Event is something that happened to a show.
type Event struct {
	Version int // 1, 2, 3, ... within a show; set by the log
	Kind    Kind
	Booking string
	Seats   int
}

// Log keeps the events of all shows.
type Log interface {
	// Read returns the events of show whose Version is greater than after, in order.
	Read(ctx context.Context, show string, after int) ([]Event, error)
	// Append adds event with Version expected+1. It returns ErrConflict if expected is not the last version.
	Append(ctx context.Context, show string, expected int, event Event) error
}

// State is what the events of a show come to.
type State struct {
	Version  int // of the last event
	Capacity int
	Bookings map[string]int // seats by booking, without the cancelled ones
}

// Office decides on bookings. Its methods may be called by any number of goroutines.
type Office struct {
	// TODO
}

var errTODO = errors.New("not written yet")

// New returns an office that tries to append attempts times.
func New(log Log, attempts int) *Office {
	return &Office{}
}

// Open opens show.
func (o *Office) Open(ctx context.Context, show string, capacity int) error {
	return errTODO
}

// Book books seats.
func (o *Office) Book(ctx context.Context, show, booking string, seats int) error {
	return errTODO
}

// Cancel gives the seats of booking back.
func (o *Office) Cancel(ctx context.Context, show, booking string) error {
	return errTODO
}

// State returns what is true now. It belongs to the caller.
func (o *Office) State(ctx context.Context, show string) (State, error) {
	return State{}, errTODO
}

// At returns what was true just after the event with this version.
func (o *Office) At(ctx context.Context, show string, version int) (State, error) {
	return State{}, errTODO
}
