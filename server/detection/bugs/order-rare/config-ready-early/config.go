// Package config follows the configuration of a service.
package config

import "sync/atomic"

// Config is one version of the configuration.
type Config struct {
	Version  int
	MaxConns int
}

// Loader holds the configuration in force.
type Loader struct {
	current atomic.Pointer[Config]
	ready   chan struct{}
	ended   chan struct{}
}

// Follow starts to apply updates.
func Follow(updates <-chan Config) *Loader {
	l := &Loader{ready: make(chan struct{}), ended: make(chan struct{})}
	go l.run(updates)
	return l
}

func (l *Loader) run(updates <-chan Config) {
	defer close(l.ended)
	for cfg := range updates {
		if l.current.Load() == nil {
			close(l.ready)
		}
		l.current.Store(&cfg)
	}
}

// MaxConns returns the limit in force. It waits for the first configuration.
func (l *Loader) MaxConns() int {
	<-l.ready
	return l.current.Load().MaxConns
}

// Wait returns when the updates have ended.
func (l *Loader) Wait() { <-l.ended }
