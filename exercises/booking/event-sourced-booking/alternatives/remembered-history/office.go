// Package office books seats by writing down what happens.
package office

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
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
	shows    sync.Map // of *history by name
}

// history is what has been read of a show: events 1 to len. A slice that was stored is never changed, only replaced by a
// longer one, so that everybody may read it without a lock.
type history struct {
	events atomic.Pointer[[]Event]
}

// New returns an office that tries to append attempts times.
func New(log Log, attempts int) *Office {
	return &Office{log: log, attempts: attempts}
}

// Open opens show.
func (o *Office) Open(ctx context.Context, show string, capacity int) error {
	for range o.attempts {
		events, err := o.read(ctx, show)
		if err != nil {
			return err
		}
		if len(events) > 0 {
			return ErrExists
		}
		if err := o.log.Append(ctx, show, 0, Event{Kind: Opened, Seats: capacity}); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return ErrBusy
}

// Book books seats.
func (o *Office) Book(ctx context.Context, show, booking string, seats int) error {
	for range o.attempts {
		s, err := o.State(ctx, show)
		if err != nil {
			return err
		}
		if got, ok := s.Bookings[booking]; ok {
			if got != seats {
				return ErrMismatch
			}
			return nil
		}
		taken := 0
		for _, n := range s.Bookings {
			taken += n
		}
		if s.Capacity-taken < seats {
			return ErrSoldOut
		}
		event := Event{Kind: Booked, Booking: booking, Seats: seats}
		if err := o.log.Append(ctx, show, s.Version, event); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return ErrBusy
}

// Cancel gives the seats of booking back.
func (o *Office) Cancel(ctx context.Context, show, booking string) error {
	for range o.attempts {
		s, err := o.State(ctx, show)
		if err != nil {
			return err
		}
		if _, ok := s.Bookings[booking]; !ok {
			return nil
		}
		event := Event{Kind: Cancelled, Booking: booking}
		if err := o.log.Append(ctx, show, s.Version, event); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return ErrBusy
}

// State returns what is true now. It belongs to the caller.
func (o *Office) State(ctx context.Context, show string) (State, error) {
	events, err := o.read(ctx, show)
	if err != nil {
		return State{}, err
	}
	return replay(events)
}

// At returns what was true just after the event with this version.
func (o *Office) At(ctx context.Context, show string, version int) (State, error) {
	events, err := o.read(ctx, show)
	if err != nil {
		return State{}, err
	}
	if len(events) > 0 && (version < 1 || version > len(events)) {
		return State{}, ErrNoVersion
	}
	return replay(events[:min(version, len(events))])
}

// read returns all events that the log has of show, and asks it only for those that are not known.
func (o *Office) read(ctx context.Context, show string) ([]Event, error) {
	found, _ := o.shows.LoadOrStore(show, &history{})
	h := found.(*history)
	known := h.load()
	more, err := o.log.Read(ctx, show, len(known))
	if err != nil || len(more) == 0 {
		return known, err
	}
	all := slices.Concat(known, more)
	for {
		old := h.events.Load()
		if old != nil && len(*old) >= len(all) || h.events.CompareAndSwap(old, &all) {
			return all, nil
		}
	}
}

func (h *history) load() []Event {
	if events := h.events.Load(); events != nil {
		return *events
	}
	return nil
}

func replay(events []Event) (State, error) {
	if len(events) == 0 {
		return State{}, ErrNoShow
	}
	s := State{Version: len(events), Bookings: make(map[string]int)}
	for _, e := range events {
		switch e.Kind {
		case Opened:
			s.Capacity = e.Seats
		case Booked:
			s.Bookings[e.Booking] = e.Seats
		case Cancelled:
			delete(s.Bookings, e.Booking)
		}
	}
	return s, nil
}
