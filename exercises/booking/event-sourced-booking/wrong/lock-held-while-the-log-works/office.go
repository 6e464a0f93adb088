// Package office books seats by writing down what happens.
package office

import (
	"context"
	"errors"
	"maps"
	"sync"
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
	log      Log
	attempts int

	mu     sync.Mutex       // guards latest; held by whoever reads
	latest map[string]State // by show; these are never changed, only replaced by newer ones
}

// New returns an office that tries to append attempts times.
func New(log Log, attempts int) *Office {
	return &Office{log: log, attempts: attempts, latest: make(map[string]State)}
}

// Open opens show.
func (o *Office) Open(ctx context.Context, show string, capacity int) error {
	return o.append(ctx, show, func(s State) (*Event, error) {
		if s.Version > 0 {
			return nil, ErrExists
		}
		return &Event{Kind: Opened, Seats: capacity}, nil
	})
}

// Book books seats.
func (o *Office) Book(ctx context.Context, show, booking string, seats int) error {
	return o.append(ctx, show, func(s State) (*Event, error) {
		got, ok := s.Bookings[booking]
		switch {
		case s.Version == 0:
			return nil, ErrNoShow
		case ok && got != seats:
			return nil, ErrMismatch
		case ok:
			return nil, nil
		case s.free() < seats:
			return nil, ErrSoldOut
		}
		return &Event{Kind: Booked, Booking: booking, Seats: seats}, nil
	})
}

// Cancel gives the seats of booking back.
func (o *Office) Cancel(ctx context.Context, show, booking string) error {
	return o.append(ctx, show, func(s State) (*Event, error) {
		if s.Version == 0 {
			return nil, ErrNoShow
		}
		if _, ok := s.Bookings[booking]; !ok {
			return nil, nil
		}
		return &Event{Kind: Cancelled, Booking: booking}, nil
	})
}

// State returns what is true now. It belongs to the caller.
func (o *Office) State(ctx context.Context, show string) (State, error) {
	s, err := o.read(ctx, show)
	if err != nil {
		return State{}, err
	}
	if s.Version == 0 {
		return State{}, ErrNoShow
	}
	return s.apply(nil), nil
}

// At returns what was true just after the event with this version.
func (o *Office) At(ctx context.Context, show string, version int) (State, error) {
	events, err := o.log.Read(ctx, show, 0)
	switch {
	case err != nil:
		return State{}, err
	case len(events) == 0:
		return State{}, ErrNoShow
	case version < 1 || version > len(events):
		return State{}, ErrNoVersion
	}
	return State{}.apply(events[:version]), nil
}

// append appends the event that decide wants, if any. decide is asked again whenever somebody else was faster.
func (o *Office) append(ctx context.Context, show string, decide func(State) (*Event, error)) error {
	for range o.attempts {
		s, err := o.read(ctx, show)
		if err != nil {
			return err
		}
		event, err := decide(s)
		if event == nil || err != nil {
			return err
		}
		err = o.log.Append(ctx, show, s.Version, *event)
		if !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return ErrBusy
}

// read returns the state of show after all events that the log has. It must not be changed.
func (o *Office) read(ctx context.Context, show string) (State, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	known := o.latest[show]
	events, err := o.log.Read(ctx, show, known.Version)
	if err != nil || len(events) == 0 {
		return known, err
	}
	s := known.apply(events)

	if s.Version > o.latest[show].Version { // others may have come further meanwhile
		o.latest[show] = s
	}
	return s, nil
}

// apply returns the state after events, and leaves s as it is.
func (s State) apply(events []Event) State {
	bookings := make(map[string]int, len(s.Bookings))
	maps.Copy(bookings, s.Bookings)
	s.Bookings = bookings
	for _, e := range events {
		s.Version = e.Version
		switch e.Kind {
		case Opened:
			s.Capacity = e.Seats
		case Booked:
			s.Bookings[e.Booking] = e.Seats
		case Cancelled:
			delete(s.Bookings, e.Booking)
		}
	}
	return s
}

func (s State) free() int {
	free := s.Capacity
	for _, seats := range s.Bookings {
		free -= seats
	}
	return free
}
