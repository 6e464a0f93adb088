package tenants

import "sync"

// Settings are the settings of one tenant.
type Settings struct {
	mu     sync.RWMutex
	values map[string]string
}

// Get returns the value of one setting.
func (s *Settings) Get(key string) (string, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, ok := s.values[key]
	return v, ok
}

func (s *Settings) replace(values map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values = values
}

// Registry loads the settings of each tenant once.
type Registry struct {
	load func(tenant string) map[string]string

	mu   sync.Mutex
	open map[string]*Settings
}

func NewRegistry(load func(tenant string) map[string]string) *Registry {
	return &Registry{load: load, open: make(map[string]*Settings)}
}

// Open returns the settings of a tenant; the registry stays usable while they load.
func (r *Registry) Open(tenant string) *Settings {
	r.mu.Lock()
	s, ok := r.open[tenant]
	if !ok {
		s = new(Settings)
		r.open[tenant] = s
	}
	r.mu.Unlock()
	if !ok {
		s.replace(r.load(tenant))
	}
	return s
}
