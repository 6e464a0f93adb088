// Package settings reads the settings of a service when they are first needed.
package settings

import (
	"context"
	"sync/atomic"
)

// Settings are what the service was told. They must not be changed once they were loaded.
type Settings struct {
	Region string
	Limits map[string]int
}

// Source fills settings from wherever they are kept. It may take long, and it may fail half-way.
type Source func(ctx context.Context, into *Settings) error

// load is one call of the source. Its results may be read once ended is closed.
type load struct {
	ended    chan struct{}
	settings *Settings
	err      error
}

// Loader loads settings on first use.
type Loader struct {
	source  Source
	current atomic.Pointer[load] // nil before the first load and after one that failed
}

// NewLoader makes a loader of what source gives. It does not load yet.
func NewLoader(source Source) *Loader {
	return &Loader{source: source}
}

// Get returns the settings, loading them if they are not there yet. It waits no longer than ctx allows.
func (l *Loader) Get(ctx context.Context) (*Settings, error) {
	current := l.current.Load()
	for current == nil {
		mine := &load{ended: make(chan struct{})}
		if l.current.CompareAndSwap(nil, mine) {
			go l.run(context.WithoutCancel(ctx), mine)
			current = mine
		} else {
			current = l.current.Load() // somebody was faster; nil again if that load has failed already
		}
	}
	select {
	case <-current.ended:
		return current.settings, current.err
	default:
	}
	select {
	case <-current.ended:
		return current.settings, current.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *Loader) run(ctx context.Context, mine *load) {
	fresh := new(Settings)
	if mine.err = l.source(ctx, fresh); mine.err == nil {
		mine.settings = fresh
	} else {
		l.current.Store(nil)
	}
	close(mine.ended)
}
