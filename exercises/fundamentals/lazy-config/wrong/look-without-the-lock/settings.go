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

type outcome struct {
	settings *Settings
	err      error
}

// Loader loads settings on first use.
type Loader struct {
	source Source
	ready  *Settings // complete settings, stored once

	mu      sync.Mutex
	loading bool
	waiting []chan<- outcome // each has room for its one outcome
}

// NewLoader makes a loader of what source gives. It does not load yet.
func NewLoader(source Source) *Loader {
	return &Loader{source: source}
}

// Get returns the settings, loading them if they are not there yet. It waits no longer than ctx allows.
func (l *Loader) Get(ctx context.Context) (*Settings, error) {
	if ready := l.ready; ready != nil { // fast
		return ready, nil
	}
	mine := make(chan outcome, 1)
	l.mu.Lock()
	if ready := l.ready; ready != nil { // loaded since we looked
		l.mu.Unlock()
		return ready, nil
	}
	l.waiting = append(l.waiting, mine)
	if !l.loading {
		l.loading = true
		go l.load(context.WithoutCancel(ctx))
	}
	l.mu.Unlock()

	select {
	case o := <-mine:
		return o.settings, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *Loader) load(ctx context.Context) {
	var fresh Settings
	o := outcome{settings: &fresh}
	if err := l.source(ctx, &fresh); err != nil {
		o = outcome{err: err}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loading = false
	l.ready = o.settings
	for _, mine := range l.waiting {
		mine <- o
	}
	l.waiting = nil
}
