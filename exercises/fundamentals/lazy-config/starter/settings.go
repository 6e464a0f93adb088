// Package settings reads the settings of a service when they are first needed.
package settings

import (
	"context"
	"sync"
)

// Settings are what the service was told. They must not be changed once they were loaded.
type Settings struct {
	Region string
	Limits map[string]int
}

// Source fills settings from wherever they are kept. It may take long, and it may fail half-way.
type Source func(ctx context.Context, into *Settings) error

// load is one call of the source.
type load struct {
	ended chan struct{} // closed when the source has returned
	err   error
}

// Loader loads settings on first use.
type Loader struct {
	source Source

	mu       sync.Mutex
	settings *Settings
	current  *load
}

// NewLoader makes a loader of what source gives. It does not load yet.
func NewLoader(source Source) *Loader {
	return &Loader{source: source}
}

// Get returns the settings, loading them if they are not there yet. It waits no longer than ctx allows.
func (l *Loader) Get(ctx context.Context) (*Settings, error) {
	// Almost always the settings are there: no need to make everyone queue for the lock.
	if l.settings != nil {
		return l.settings, nil
	}
	l.mu.Lock()
	if l.settings == nil && l.current == nil {
		l.start(context.WithoutCancel(ctx))
	}
	current := l.current
	l.mu.Unlock()

	select {
	case <-current.ended:
		return l.settings, current.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// start begins a load. l.mu is held.
func (l *Loader) start(ctx context.Context) {
	current := &load{ended: make(chan struct{})}
	l.current = current
	l.settings = new(Settings)
	go func() {
		defer close(current.ended)
		current.err = l.source(ctx, l.settings)
		if current.err != nil {
			l.settings = nil
		}
	}()
}
