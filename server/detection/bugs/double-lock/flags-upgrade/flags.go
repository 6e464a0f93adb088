package flags

import "sync"

// Flags answers whether features are on, asking the source at most once each.
type Flags struct {
	mu     sync.RWMutex
	known  map[string]bool
	source func(name string) (bool, error)
}

func New(source func(string) (bool, error)) *Flags {
	return &Flags{known: make(map[string]bool), source: source}
}

func (f *Flags) set(name string, on bool) {
	f.mu.Lock()
	f.known[name] = on
	f.mu.Unlock()
}

// Override fixes a flag without asking the source.
func (f *Flags) Override(name string, on bool) { f.set(name, on) }

// Enabled reports whether the feature is on.
func (f *Flags) Enabled(name string) (bool, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if on, ok := f.known[name]; ok {
		return on, nil
	}
	on, err := f.source(name)
	if err != nil {
		return false, err
	}
	f.set(name, on)
	return on, nil
}
