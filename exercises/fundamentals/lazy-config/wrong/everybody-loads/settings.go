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

// Loader loads settings on first use.
type Loader struct {
	source Source

	mu       sync.RWMutex
	settings *Settings
}

// NewLoader makes a loader of what source gives. It does not load yet.
func NewLoader(source Source) *Loader {
	return &Loader{source: source}
}

// Get returns the settings, loading them if they are not there yet. It waits no longer than ctx allows.
func (l *Loader) Get(ctx context.Context) (*Settings, error) {
	l.mu.RLock()
	settings := l.settings
	l.mu.RUnlock()
	if settings != nil {
		return settings, nil
	}
	ended := make(chan error, 1)
	go func() { ended <- l.load(context.WithoutCancel(ctx)) }()
	select {
	case err := <-ended:
		l.mu.RLock()
		defer l.mu.RUnlock()
		if err != nil {
			return nil, err
		}
		return l.settings, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *Loader) load(ctx context.Context) error {
	fresh := new(Settings)
	if err := l.source(ctx, fresh); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.settings == nil { // the first to finish wins
		l.settings = fresh
	}
	return nil
}
