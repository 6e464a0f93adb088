package gauges

import (
	"fmt"
	"slices"
	"sync"
)

// Registry holds named gauges.
type Registry struct {
	mu     sync.RWMutex
	values map[string]float64
}

func New() *Registry { return &Registry{values: make(map[string]float64)} }

func (r *Registry) Set(name string, v float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.values[name] = v
}

func (r *Registry) Get(name string) float64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.values[name]
}

// Snapshot renders all gauges, one a line, in order of name.
func (r *Registry) Snapshot() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	lines := make([]string, 0, len(r.values))
	for name := range r.values {
		lines = append(lines, fmt.Sprintf("%s %g", name, r.Get(name)))
	}
	slices.Sort(lines)
	return lines
}
