// Package routes maps paths to handlers.
package routes

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Mux finds handlers without locking.
type Mux struct {
	adding sync.Mutex
	table  atomic.Pointer[map[string]string]
}

// New returns a mux that knows the given routes.
func New(routes map[string]string) *Mux {
	m := &Mux{}
	table := maps.Clone(routes)
	m.table.Store(&table)
	return m
}

// Add adds a route.
func (m *Mux) Add(path, handler string) {
	m.adding.Lock()
	defer m.adding.Unlock()
	table := maps.Clone(*m.table.Load())
	table[path] = handler
	m.table.Store(&table)
}

// Match returns the handler of a path.
func (m *Mux) Match(path string) (string, bool) {
	handler, ok := (*m.table.Load())[path]
	return handler, ok
}
