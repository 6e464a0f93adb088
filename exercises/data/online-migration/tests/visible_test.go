package migrate_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/migrate"
)

var errDown = errors.New("the store is down")

// table is a store in memory.
type table struct {
	// read is called when a row has been read and is on its way to the caller; wrote when a row has been written by Set, put before a row is
	// stored by Merge or Put.
	read, wrote, put hook

	mu   sync.Mutex
	rows map[string]migrate.Row
	down bool
	uses int // calls of Get, Set, Put and Merge
}

// hook is a function that a test may set at any time, or none.
type hook struct {
	f atomic.Pointer[func(key string)]
}

func (h *hook) set(f func(key string)) { h.f.Store(&f) }

func (h *hook) call(key string) {
	if f := h.f.Load(); f != nil && *f != nil {
		(*f)(key)
	}
}

func newTable() *table { return &table{rows: make(map[string]migrate.Row)} }

func (s *table) use(ctx context.Context, f func()) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uses++
	if s.down {
		return errDown
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	f()
	return nil
}

func (s *table) Get(ctx context.Context, key string) (row migrate.Row, err error) {
	err = s.use(ctx, func() { row = s.rows[key] })
	s.read.call(key)
	return row, err
}

func (s *table) Set(ctx context.Context, key, value string) (row migrate.Row, err error) {
	err = s.use(ctx, func() {
		row = migrate.Row{Value: value, Version: s.rows[key].Version + 1}
		s.rows[key] = row
	})
	s.wrote.call(key)
	return row, err
}

func (s *table) Put(ctx context.Context, key string, row migrate.Row) error {
	s.put.call(key)
	return s.use(ctx, func() { s.rows[key] = row })
}

func (s *table) Merge(ctx context.Context, key string, row migrate.Row) error {
	s.put.call(key)
	return s.use(ctx, func() {
		if row.Version > s.rows[key].Version {
			s.rows[key] = row
		}
	})
}

// Keys returns two keys at a time.
func (s *table) Keys(ctx context.Context, after string) (keys []string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return nil, errDown
	}
	for key := range s.rows {
		if key > after {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys[:min(2, len(keys))], ctx.Err()
}

func (s *table) setDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *table) row(key string) migrate.Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[key]
}

func (s *table) used() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.uses
}

// has expects a row.
func (s *table) has(t *testing.T, when, store, key string, want migrate.Row) {
	t.Helper()
	if got := s.row(key); got != want {
		t.Errorf("%s: the %s store has %+v for %q, want %+v", when, store, got, key, want)
	}
}

func row(value string, version int) migrate.Row { return migrate.Row{Value: value, Version: version} }

// must expects success.
func must(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s returned the error %v", what, err)
	}
}

// refused expects an error.
func refused(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s returned %v, want an error that matches %q", what, err, want)
	}
}

// value expects what Get returns.
func value(t *testing.T, when string, m *migrate.Migration, key, want string) {
	t.Helper()
	if got, err := m.Get(context.Background(), key); got != want || err != nil {
		t.Errorf("%s: Get(%q) returned (%q, %v), want %q", when, key, got, err, want)
	}
}

func TestThereAndBack(t *testing.T) {
	ctx := context.Background()
	from, to := newTable(), newTable()
	m := migrate.NewMigration(from, to)
	for _, key := range []string{"room 1", "room 2", "room 3", "room 4", "room 5"} {
		must(t, "Set in phase Old", m.Set(ctx, key, "ada"))
	}
	must(t, "Set in phase Old", m.Set(ctx, "room 1", "bob"))
	if to.used() > 0 {
		t.Error("in phase Old the new store was used")
	}

	must(t, "Start", m.Start(ctx))
	must(t, "Set in phase Dual", m.Set(ctx, "room 2", "bob"))
	from.has(t, "written in phase Dual", "old", "room 2", row("bob", 2))
	to.has(t, "written in phase Dual", "new", "room 2", row("bob", 2))
	refused(t, "CutOver before a backfill", m.CutOver(ctx), migrate.ErrNotReady)
	must(t, "Backfill", m.Backfill(ctx))
	to.has(t, "after the backfill", "new", "room 1", row("bob", 2))
	to.has(t, "after the backfill", "new", "room 5", row("ada", 1))

	must(t, "CutOver", m.CutOver(ctx))
	must(t, "Set in phase New", m.Set(ctx, "room 3", "cyd"))
	to.has(t, "written in phase New", "new", "room 3", row("cyd", 2))
	from.has(t, "written in phase New", "old", "room 3", row("cyd", 2))
	value(t, "in phase New", m, "room 3", "cyd")

	must(t, "Rollback", m.Rollback(ctx))
	value(t, "after going back", m, "room 3", "cyd")
	if got := m.Phase(); got != migrate.Dual {
		t.Errorf("after Rollback, Phase() = %d, want Dual (%d)", got, migrate.Dual)
	}
}

func TestOtherPhases(t *testing.T) {
	ctx := context.Background()
	m := migrate.NewMigration(newTable(), newTable())
	refused(t, "CutOver in phase Old", m.CutOver(ctx), migrate.ErrPhase)
	refused(t, "Rollback in phase Old", m.Rollback(ctx), migrate.ErrPhase)
	refused(t, "Backfill in phase Old", m.Backfill(ctx), migrate.ErrPhase)
	must(t, "Start", m.Start(ctx))
	refused(t, "Start in phase Dual", m.Start(ctx), migrate.ErrPhase)
	refused(t, "Rollback in phase Dual", m.Rollback(ctx), migrate.ErrPhase)
	must(t, "Backfill", m.Backfill(ctx))
	must(t, "CutOver", m.CutOver(ctx))
	refused(t, "Start in phase New", m.Start(ctx), migrate.ErrPhase)
	refused(t, "CutOver in phase New", m.CutOver(ctx), migrate.ErrPhase)
}

// A guest changes a reservation just when the backfill has read the row and has not written it yet.
func TestBackfillKeepsNewerData(t *testing.T) {
	ctx := context.Background()
	from, to := newTable(), newTable()
	m := migrate.NewMigration(from, to)
	must(t, "Set in phase Old", m.Set(ctx, "room 1", "ada"))
	must(t, "Start", m.Start(ctx))
	var changed atomic.Bool
	from.read.set(func(key string) {
		if !changed.Swap(true) {
			must(t, "Set during a backfill", m.Set(ctx, "room 1", "bob"))
		}
	})
	must(t, "Backfill", m.Backfill(ctx))
	if !changed.Load() {
		t.Error("Backfill did not read the only row of the old store")
	}
	to.has(t, "the row was changed while the backfill was copying it", "new", "room 1", row("bob", 2))
}

func TestNewStoreIsDownForAWhile(t *testing.T) {
	ctx := context.Background()
	from, to := newTable(), newTable()
	m := migrate.NewMigration(from, to)
	must(t, "Start", m.Start(ctx))
	must(t, "Backfill", m.Backfill(ctx))
	to.setDown(true)
	must(t, "Set in phase Dual, while the new store is down,", m.Set(ctx, "room 1", "ada"))
	refused(t, "Backfill while the new store is down", m.Backfill(ctx), errDown)
	to.setDown(false)
	refused(t, "CutOver, although the new store has missed something,", m.CutOver(ctx), migrate.ErrNotReady)
	must(t, "Backfill", m.Backfill(ctx))
	to.has(t, "repaired by a backfill", "new", "room 1", row("ada", 1))
	must(t, "CutOver", m.CutOver(ctx))
}
