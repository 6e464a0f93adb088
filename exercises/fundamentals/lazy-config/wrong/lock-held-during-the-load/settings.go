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

	mu       sync.Mutex
	settings *Settings
}

// NewLoader makes a loader of what source gives. It does not load yet.
func NewLoader(source Source) *Loader {
	return &Loader{source: source}
}

type outcome struct {
	settings *Settings
	err      error
}

// Get returns the settings, loading them if they are not there yet. It waits no longer than ctx allows.
func (l *Loader) Get(ctx context.Context) (*Settings, error) {
	l.mu.Lock() // one load at a time
	if l.settings != nil {
		defer l.mu.Unlock()
		return l.settings, nil
	}
	ended := make(chan outcome, 1)
	go func() {
		defer l.mu.Unlock()
		fresh := new(Settings)
		if err := l.source(context.WithoutCancel(ctx), fresh); err != nil {
			ended <- outcome{err: err}
			return
		}
		l.settings = fresh
		ended <- outcome{settings: fresh}
	}()
	select {
	case o := <-ended:
		return o.settings, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
