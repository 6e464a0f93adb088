// Package locking changes events that others change too.
package locking

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrStale is matched by the error of Save when somebody else has saved the event since it was loaded.
	ErrStale = errors.New("locking: event was changed meanwhile")
	// ErrBusy is returned when every attempt was lost to somebody else.
	ErrBusy = errors.New("locking: too many conflicts")
)

// Event is what is stored.
type Event struct {
	ID         string
	Version    int
	Free, Sold int
}

// Store keeps events.
type Store interface {
	Load(ctx context.Context, id string) (Event, error)
	// Save replaces the event if the stored version is still e.Version, and makes the stored version e.Version+1.
	// Otherwise it changes nothing and returns an error that matches ErrStale.
	Save(ctx context.Context, e Event) error
}

// Change decides what becomes of an event, or refuses. It may be called several times.
type Change func(Event) (Event, error)

// Policy says how often a lost attempt is made again.
type Policy struct {
	Attempts int                          // at least 1
	Backoff  func(lost int) time.Duration // the pause after so many lost attempts
}

// Booker changes events. Its methods may be called by any number of goroutines.
type Booker struct {
	// TODO
}

var errTODO = errors.New("not written yet")

// New returns a Booker for the events of store.
func New(store Store, policy Policy) *Booker {
	return &Booker{}
}

// Optimistic changes an event, and tries again when somebody else was faster.
func (b *Booker) Optimistic(ctx context.Context, id string, change Change) (Event, error) {
	return Event{}, errTODO
}

// Pessimistic changes an event when it is its turn.
func (b *Booker) Pessimistic(ctx context.Context, id string, change Change) (Event, error) {
	return Event{}, errTODO
}

// Locks returns how many events somebody holds the lock of, or waits for it.
func (b *Booker) Locks() int {
	return 0
}
