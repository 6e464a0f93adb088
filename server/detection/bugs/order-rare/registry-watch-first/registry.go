// Package registry keeps the addresses of services up to date.
package registry

import (
	"maps"
	"sync"
)

// Update announces the address of a service.
type Update struct {
	Service, Addr string
}

// Registry maps services to addresses.
type Registry struct {
	mu    sync.Mutex
	addrs map[string]string
	done  chan struct{}
}

// New returns a registry with the known addresses that follows the updates.
func New(known map[string]string, updates <-chan Update) *Registry {
	r := &Registry{done: make(chan struct{})}
	go r.watch(updates)
	r.load(known)
	return r
}

func (r *Registry) load(known map[string]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addrs = make(map[string]string, len(known))
	maps.Copy(r.addrs, known)
}

func (r *Registry) watch(updates <-chan Update) {
	defer close(r.done)
	for u := range updates {
		r.mu.Lock()
		r.addrs[u.Service] = u.Addr
		r.mu.Unlock()
	}
}

// Lookup returns the address of a service.
func (r *Registry) Lookup(service string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.addrs[service]
}

// Wait returns when the updates have ended.
func (r *Registry) Wait() { <-r.done }
