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
	ended chan struct{} // closed when the source has returned; after that nobody writes the fields below
	// Written by the load's own goroutine before ended is closed.
	settings *Settings
	err      error
}

// Loader loads settings on first use.
type Loader struct {
	source Source

	mu      sync.Mutex
	current *load // the load that runs or has succeeded; nil before the first and after one that failed
}

// NewLoader makes a loader of what source gives. It does not load yet.
func NewLoader(source Source) *Loader {
	return &Loader{source: source}
}

// Get returns the settings, loading them if they are not there yet. It waits no longer than ctx allows.
func (l *Loader) Get(ctx context.Context) (*Settings, error) {
	current := l.join()
	select {
	case <-current.ended: // a context that is done must not win over settings that are there
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

// join returns the current load, and starts one if there is none.
func (l *Loader) join() *load {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		l.current = &load{ended: make(chan struct{})}
		// The load is for everyone: it must not end when the caller who came first gives up.
		go l.run(context.Background(), l.current)
	}
	return l.current
}

// run calls the source and tells the outcome to all who wait.
func (l *Loader) run(ctx context.Context, current *load) {
	fresh := new(Settings)
	err := l.source(ctx, fresh)
	if err != nil {
		fresh = nil
		l.forget() // before anyone hears of the failure: who calls again must find no load
	}
	current.settings, current.err = fresh, err
	close(current.ended)
}

// forget makes the next caller start a new load.
func (l *Loader) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current = nil
}
