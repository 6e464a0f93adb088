// Package locking changes events that others change too.
package locking

import (
	"context"
	"errors"
	"fmt"
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

	mu    sync.Mutex // guards locks, and the users in it
	locks map[string]*lock
}

// lock is that of one event. It exists as long as it has users.
type lock struct {
	token chan struct{} // room for one: full while somebody holds the lock. Senders are served in their order
	users int           // who hold it or wait for it
}

// New returns a Booker for the events of store.
func New(store Store, policy Policy) *Booker {
	return &Booker{store: store, policy: policy, locks: make(map[string]*lock)}
}

// Optimistic changes an event, and tries again when somebody else was faster.
func (b *Booker) Optimistic(ctx context.Context, id string, change Change) (Event, error) {
	if err := ctx.Err(); err != nil {
		return Event{}, err
	}
	for lost := 1; ; lost++ {
		event, err := b.attempt(ctx, id, change)
		if !errors.Is(err, errLost) {
			return event, err
		}
		if lost == b.policy.Attempts {
			return Event{}, fmt.Errorf("%w: %d attempts: %w", ErrBusy, lost, err)
		}
		if err := pause(ctx, b.policy.Backoff(lost)); err != nil {
			return Event{}, err
		}
	}
}

// Pessimistic changes an event when it is its turn.
func (b *Booker) Pessimistic(ctx context.Context, id string, change Change) (Event, error) {
	if err := ctx.Err(); err != nil {
		return Event{}, err
	}
	release, err := b.acquire(ctx, id)
	if err != nil {
		return Event{}, err
	}
	defer release()
	return b.attempt(ctx, id, change)
}

// Locks returns how many events somebody holds the lock of, or waits for it.
func (b *Booker) Locks() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.locks)
}

// errLost tells a stale Save from an ErrStale that a change or Load comes up with.
var errLost = errors.New("lost")

func (b *Booker) attempt(ctx context.Context, id string, change Change) (Event, error) {
	loaded, err := b.store.Load(ctx, id)
	if err != nil {
		return Event{}, fmt.Errorf("loading %s: %w", id, err)
	}
	event, err := change(loaded)
	if err != nil {
		return Event{}, err
	}
	event.ID, event.Version = loaded.ID, loaded.Version
	if err := b.store.Save(ctx, event); err != nil {
		if errors.Is(err, ErrStale) {
			err = fmt.Errorf("%w: %w", errLost, err)
		}
		return Event{}, fmt.Errorf("saving %s: %w", id, err)
	}
	return event, nil
}

// acquire waits for the lock of an event. The caller has to call release once.
func (b *Booker) acquire(ctx context.Context, id string) (release func(), err error) {
	l := b.join(id)
	select {
	case l.token <- struct{}{}:
		return func() {
			<-l.token
			b.leave(id, l)
		}, nil
	case <-ctx.Done():
		b.leave(id, l)
		return nil, ctx.Err()
	}
}

// join makes the caller a user of the lock.
func (b *Booker) join(id string) *lock {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, ok := b.locks[id]
	if !ok {
		l = &lock{token: make(chan struct{}, 1)}
		b.locks[id] = l
	}
	l.users++
	return l
}

// leave takes a user away, and forgets the lock after the last one.
func (b *Booker) leave(id string, l *lock) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l.users--
	if l.users == 0 {
		delete(b.locks, id)
	}
}

// pause waits for d, or returns the error of a context that ends before.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
