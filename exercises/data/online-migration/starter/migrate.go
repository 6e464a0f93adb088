// Package migrate moves data from one store to another while it is being used.
package migrate

import (
	"context"
	"errors"
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
	// TODO
}

var errTODO = errors.New("not written yet")

// NewMigration begins in phase Old.
func NewMigration(from, to Store) *Migration {
	return &Migration{}
}

// Get asks the store that decides.
func (m *Migration) Get(ctx context.Context, key string) (string, error) {
	return "", errTODO
}

// Set writes to the store that decides, and copies the row to the other one where there is one.
func (m *Migration) Set(ctx context.Context, key, value string) error {
	return errTODO
}

// Phase returns the current phase.
func (m *Migration) Phase() Phase {
	return Old
}

// Start changes from Old to Dual.
func (m *Migration) Start(ctx context.Context) error {
	return errTODO
}

// Backfill copies what the other store does not have yet.
func (m *Migration) Backfill(ctx context.Context) error {
	return errTODO
}

// CutOver changes from Dual to New.
func (m *Migration) CutOver(ctx context.Context) error {
	return errTODO
}

// Rollback changes from New to Dual.
func (m *Migration) Rollback(ctx context.Context) error {
	return errTODO
}
