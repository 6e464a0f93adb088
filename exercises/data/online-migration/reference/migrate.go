// Package migrate moves data from one store to another while it is being used.
package migrate

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

var (
	// ErrPhase is returned where the migration is in another phase than the call needs.
	ErrPhase = errors.New("migrate: not in this phase")
	// ErrNotReady is returned where the store that is to decide does not have everything yet.
	ErrNotReady = errors.New("migrate: not everything has been copied")
)

// Row is what a store has for a key.
type Row struct {
	Value   string
	Version int // counts the writes of this key, from 1; the zero Row: no such key
}

// Store is a database. Its calls are atomic, and have done nothing where they return an error.
type Store interface {
	Get(ctx context.Context, key string) (Row, error)
	Set(ctx context.Context, key, value string) (Row, error)  // writes the key's next version, and returns the row
	Put(ctx context.Context, key string, row Row) error       // stores row as it is, whatever is there
	Merge(ctx context.Context, key string, row Row) error     // stores row if its version is higher than what is there
	Keys(ctx context.Context, after string) ([]string, error) // some of the keys after that one, sorted; none: the end
}

// Phase says which store decides.
type Phase int

const (
	Old  Phase = iota // the old store only
	Dual              // the old store decides, the new one gets copies
	New               // the new store decides, the old one gets copies
)

// Migration stands between a service and the two stores. Its methods may be called by any number of goroutines.
type Migration struct {
	from, to Store

	mu     sync.Mutex // guards all below; never held during a call of a store
	phase  Phase
	filled bool           // a backfill has gone through all keys
	behind map[string]int // the highest version of a key that could not be copied
	writes int            // calls of Set under way
	change *change        // nil: no change of phase is waiting
}

// change is a change of phase that waits for the writes under way. Writes that come later wait for it.
type change struct {
	idle chan struct{} // closed when no write is under way
	over chan struct{} // closed when the change was made or given up
}

// NewMigration begins in phase Old.
func NewMigration(from, to Store) *Migration {
	return &Migration{from: from, to: to, behind: make(map[string]int)}
}

// Get asks the store that decides.
func (m *Migration) Get(ctx context.Context, key string) (string, error) {
	deciding, _ := m.stores(m.Phase())
	row, err := deciding.Get(ctx, key)
	return row.Value, err
}

// Set writes to the store that decides, and copies the row to the other one where there is one.
func (m *Migration) Set(ctx context.Context, key, value string) error {
	phase, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer m.leave()
	deciding, other := m.stores(phase)
	row, err := deciding.Set(ctx, key, value)
	if err != nil {
		return err
	}
	if other != nil && other.Merge(context.WithoutCancel(ctx), key, row) != nil {
		m.mark(key, row.Version)
	}
	return nil
}

// Phase returns the current phase.
func (m *Migration) Phase() Phase {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.phase
}

// Start changes from Old to Dual.
func (m *Migration) Start(ctx context.Context) error {
	return m.changePhase(ctx, Old, Dual)
}

// Backfill copies what the other store does not have yet.
func (m *Migration) Backfill(ctx context.Context) error {
	phase := m.Phase()
	if phase == Old {
		return ErrPhase
	}
	if phase == Dual {
		if err := m.copyAll(ctx); err != nil {
			return err
		}
	}
	for _, key := range m.marked() {
		if err := m.copy(ctx, key); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.filled = true
	return nil
}

// CutOver changes from Dual to New.
func (m *Migration) CutOver(ctx context.Context) error {
	return m.changePhase(ctx, Dual, New)
}

// Rollback changes from New to Dual.
func (m *Migration) Rollback(ctx context.Context) error {
	return m.changePhase(ctx, New, Dual)
}

// stores returns the store that decides and the one that gets copies, if there is one.
func (m *Migration) stores(phase Phase) (deciding, other Store) {
	switch phase {
	case Old:
		return m.from, nil
	case Dual:
		return m.from, m.to
	default:
		return m.to, m.from
	}
}

// enter begins a write, once no change of phase is waiting.
func (m *Migration) enter(ctx context.Context) (Phase, error) {
	for {
		m.mu.Lock()
		c := m.change
		if c == nil {
			defer m.mu.Unlock()
			m.writes++
			return m.phase, nil
		}
		m.mu.Unlock()
		select {
		case <-c.over:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// leave ends a write.
func (m *Migration) leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writes--
	if m.writes == 0 && m.change != nil {
		close(m.change.idle)
	}
}

// changePhase waits for the writes under way and changes the phase, if the store that is to decide has everything by then.
func (m *Migration) changePhase(ctx context.Context, from, to Phase) error {
	c, err := m.shut(from)
	if err != nil {
		return err
	}
	defer m.reopen(c)
	select {
	case <-c.idle:
		return m.step(to)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// shut keeps new writes out.
func (m *Migration) shut(from Phase) (*change, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.phase != from || m.change != nil {
		return nil, ErrPhase
	}
	m.change = &change{idle: make(chan struct{}), over: make(chan struct{})}
	if m.writes == 0 {
		close(m.change.idle)
	}
	return m.change, nil
}

// reopen lets writes in again.
func (m *Migration) reopen(c *change) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.change = nil
	close(c.over)
}

// step changes the phase. No write is under way.
func (m *Migration) step(to Phase) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.phase != Old && (!m.filled || len(m.behind) > 0) {
		return ErrNotReady
	}
	m.phase = to
	return nil
}

// copyAll copies all rows of the old store.
func (m *Migration) copyAll(ctx context.Context) error {
	for after := ""; ; {
		keys, err := m.from.Keys(ctx, after)
		if err != nil || len(keys) == 0 {
			return err
		}
		for _, key := range keys {
			if err := m.copy(ctx, key); err != nil {
				return err
			}
		}
		after = keys[len(keys)-1]
	}
}

// copy copies a row to the store that does not decide. The key is no longer behind then, unless a newer row has fallen behind meanwhile.
func (m *Migration) copy(ctx context.Context, key string) error {
	deciding, other := m.stores(m.Phase())
	row, err := deciding.Get(ctx, key)
	if err != nil {
		return err
	}
	if err := other.Merge(ctx, key, row); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.behind[key] <= row.Version {
		delete(m.behind, key)
	}
	return nil
}

func (m *Migration) mark(key string, version int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.behind[key] = max(m.behind[key], version)
}

func (m *Migration) marked() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Keys(m.behind))
}
