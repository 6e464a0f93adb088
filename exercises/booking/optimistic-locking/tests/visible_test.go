package locking_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"sandbox/locking"
)

// memory is a Store. Before each Save it calls meddle, in which somebody else may be faster.
type memory struct {
	mu     sync.Mutex
	events map[string]locking.Event
	loads  int
	saves  int
	meddle func(m *memory, save int)
}

func newMemory(free int, ids ...string) *memory {
	m := &memory{events: map[string]locking.Event{}}
	for _, id := range ids {
		m.events[id] = locking.Event{ID: id, Version: 1, Free: free}
	}
	return m
}

func (m *memory) Load(_ context.Context, id string) (locking.Event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	e, ok := m.events[id]
	if !ok {
		return locking.Event{ID: id, Free: 1000}, errNoEvent
	}
	return e, nil
}

func (m *memory) Save(_ context.Context, e locking.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.saves++
	if m.saves > 500 {
		return errors.New("the database has blocked you: more than 500 saves")
	}
	if m.meddle != nil {
		m.meddle(m, m.saves)
	}
	if stored := m.events[e.ID]; stored.Version != e.Version {
		return fmt.Errorf("version %d is stored, not %d: %w", stored.Version, e.Version, locking.ErrStale)
	}
	e.Version++
	m.events[e.ID] = e
	return nil
}

// sold is what another service does. m.mu is held.
func (m *memory) sold(id string) {
	e := m.events[id]
	e.Free, e.Sold, e.Version = e.Free-1, e.Sold+1, e.Version+1
	m.events[id] = e
}

func (m *memory) want(t *testing.T, when string, want locking.Event) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if got := m.events[want.ID]; got != want {
		t.Errorf("%s: %+v is stored, want %+v", when, got, want)
	}
}

var (
	errNoEvent = errors.New("no such event")
	errSoldOut = errors.New("sold out")
)

func sellOne(e locking.Event) (locking.Event, error) {
	if e.Free < 1 {
		return e, errSoldOut
	}
	e.Free, e.Sold = e.Free-1, e.Sold+1
	return e, nil
}

func atOnce(int) time.Duration { return 0 }

// way is Optimistic or Pessimistic.
type way func(context.Context, string, locking.Change) (locking.Event, error)

func ways(b *locking.Booker) map[string]way {
	return map[string]way{"Optimistic": b.Optimistic, "Pessimistic": b.Pessimistic}
}

func TestSellsOne(t *testing.T) {
	for name := range ways(nil) {
		m := newMemory(10, "finale")
		sell := ways(locking.New(m, locking.Policy{Attempts: 3, Backoff: atOnce}))[name]
		want := locking.Event{ID: "finale", Version: 2, Free: 9, Sold: 1}
		if got, err := sell(t.Context(), "finale", sellOne); got != want || err != nil {
			t.Errorf("%s sold 1 of 10 seats of an event with version 1 and returned (%+v, %v), want %+v", name, got, err, want)
		}
		m.want(t, name+" sold 1 of 10 seats", want)
	}
}

func TestALostAttemptStartsFromTheBeginning(t *testing.T) {
	m := newMemory(10, "finale")
	m.meddle = func(m *memory, save int) {
		if save <= 2 {
			m.sold("finale")
		}
	}
	b := locking.New(m, locking.Policy{Attempts: 3, Backoff: atOnce})
	want := locking.Event{ID: "finale", Version: 4, Free: 7, Sold: 3}
	if got, err := b.Optimistic(t.Context(), "finale", sellOne); got != want || err != nil {
		t.Errorf("another service sold a seat before the first and before the second Save: Optimistic returned (%+v, %v), want %+v", got, err, want)
	}
	m.want(t, "10 seats; another service sold 2, Optimistic 1", want)
}

func TestAttemptsAreBounded(t *testing.T) {
	m := newMemory(10000, "finale")
	m.meddle = func(m *memory, _ int) { m.sold("finale") }
	b := locking.New(m, locking.Policy{Attempts: 4, Backoff: atOnce})
	got, err := b.Optimistic(t.Context(), "finale", sellOne)
	if !errors.Is(err, locking.ErrBusy) || !errors.Is(err, locking.ErrStale) || got != (locking.Event{}) {
		t.Errorf("4 attempts, all lost: Optimistic returned (%+v, %v), want the zero Event and an error that matches ErrBusy and ErrStale", got, err)
	}
	if m.loads != 4 || m.saves != 4 {
		t.Errorf("4 attempts, all lost: %d loads and %d saves", m.loads, m.saves)
	}
}

func TestDifferentEventsDoNotWait(t *testing.T) {
	m := newMemory(10, "finale", "premiere")
	b := locking.New(m, locking.Policy{Attempts: 1, Backoff: atOnce})
	inside := map[string]chan struct{}{"finale": make(chan struct{}), "premiere": make(chan struct{})}
	other := map[string]string{"finale": "premiere", "premiere": "finale"}
	var wg sync.WaitGroup
	for id := range inside {
		wg.Go(func() {
			_, err := b.Pessimistic(t.Context(), id, func(e locking.Event) (locking.Event, error) {
				close(inside[id])
				<-inside[other[id]] // each change lasts until the other one has begun
				return sellOne(e)
			})
			if err != nil {
				t.Errorf("Pessimistic for %s failed: %v", id, err)
			}
		})
	}
	wg.Wait()
}

// leaving is a context that is cancelled as soon as somebody has looked at it.
type leaving struct {
	context.Context
	cancel context.CancelFunc
}

func (c leaving) Err() error {
	defer c.cancel()
	return c.Context.Err()
}

func (c leaving) Done() <-chan struct{} {
	defer c.cancel()
	return c.Context.Done()
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	m := newMemory(10, "finale")
	b := locking.New(m, locking.Policy{Attempts: 1, Backoff: atOnce})
	inside, leave, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := b.Pessimistic(t.Context(), "finale", func(e locking.Event) (locking.Event, error) {
			close(inside)
			<-leave
			return sellOne(e)
		})
		ended <- err
	}()
	select {
	case <-inside:
	case err := <-ended:
		t.Fatalf("Pessimistic returned %v and did not call the change", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := b.Pessimistic(leaving{ctx, cancel}, "finale", sellOne); !errors.Is(err, context.Canceled) {
		t.Errorf("another call holds the lock, and the context was cancelled: Pessimistic returned %v, want context canceled", err)
	}
	if got := b.Locks(); got != 1 {
		t.Errorf("one call holds a lock, another has given up waiting for it: Locks() = %d, want 1", got)
	}
	close(leave)
	if err := <-ended; err != nil {
		t.Errorf("the call that held the lock returned %v", err)
	}
	if got := b.Locks(); got != 0 {
		t.Errorf("all calls have returned: Locks() = %d, want 0", got)
	}
}
