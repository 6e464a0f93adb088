// Package locking changes events that others change too.
package locking

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
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
	store  Store
	policy Policy

	mu     sync.Mutex
	queues map[string][]chan struct{} // who wait for an event; there is an entry as long as somebody holds its lock
}

// New returns a Booker for the events of store.
func New(store Store, policy Policy) *Booker {
	return &Booker{store: store, policy: policy, queues: map[string][]chan struct{}{}}
}

// Optimistic changes an event, and tries again when somebody else was faster.
func (b *Booker) Optimistic(ctx context.Context, id string, change Change) (Event, error) {
	var cause error
	for lost := range b.policy.Attempts {
		if lost > 0 {
			select {
			case <-time.After(b.policy.Backoff(lost)):
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			return Event{}, ctx.Err()
		}
		event, conflict, err := b.try(ctx, id, change)
		if !conflict {
			return event, err
		}
		cause = err
	}
	return Event{}, errors.Join(ErrBusy, cause)
}

// Pessimistic changes an event when it is its turn.
func (b *Booker) Pessimistic(ctx context.Context, id string, change Change) (Event, error) {
	if ctx.Err() != nil {
		return Event{}, ctx.Err()
	}
	if err := b.lock(ctx, id); err != nil {
		return Event{}, err
	}
	defer b.unlock(id)
	event, _, err := b.try(ctx, id, change)
	return event, err
}

// Locks returns how many events somebody holds the lock of, or waits for it.
func (b *Booker) Locks() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.queues)
}

// try makes one attempt and tells whether somebody else was faster.
func (b *Booker) try(ctx context.Context, id string, change Change) (changed Event, conflict bool, err error) {
	before, err := b.store.Load(ctx, id)
	if err != nil {
		return Event{}, false, err
	}
	after, err := change(before)
	if err != nil {
		return Event{}, false, err
	}
	after.ID, after.Version = before.ID, before.Version
	if err := b.store.Save(ctx, after); err != nil {
		return Event{}, errors.Is(err, ErrStale), fmt.Errorf("saving %s: %w", id, err)
	}
	after.Version++
	return after, false, nil
}

func (b *Booker) lock(ctx context.Context, id string) error {
	b.mu.Lock()
	queue, held := b.queues[id]
	if !held {
		b.queues[id] = nil
		b.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	b.queues[id] = append(queue, turn)
	b.mu.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	b.mu.Lock()
	place := slices.Index(b.queues[id], turn)
	if place >= 0 {
		b.queues[id] = slices.Delete(b.queues[id], place, place+1)
	}
	b.mu.Unlock()
	if place < 0 { // the lock was handed over in this very moment
		b.unlock(id)
	}
	return ctx.Err()
}

// unlock hands the lock over to the first in the queue.
func (b *Booker) unlock(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	queue := b.queues[id]
	if len(queue) == 0 {
		delete(b.queues, id)
		return
	}
	close(queue[0])
	b.queues[id] = queue[1:]
}
