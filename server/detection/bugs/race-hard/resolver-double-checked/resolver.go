package resolver

import (
	"fmt"
	"sync"
)

// Resolver maps hosts to availability zones; the table is fetched on demand.
type Resolver struct {
	Fetch func() (map[string]string, error)

	mu    sync.Mutex
	zones map[string]string
}

func (r *Resolver) load() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.zones != nil {
		return nil
	}
	zones, err := r.Fetch()
	if err != nil {
		return fmt.Errorf("fetch zones: %w", err)
	}
	r.zones = zones
	return nil
}

// Lookup returns the zone of host.
func (r *Resolver) Lookup(host string) (string, error) {
	if r.zones == nil {
		if err := r.load(); err != nil {
			return "", err
		}
	}
	zone, ok := r.zones[host]
	if !ok {
		return "", fmt.Errorf("unknown host %q", host)
	}
	return zone, nil
}
