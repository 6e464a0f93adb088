// Package settings holds the options a user may change at run time.
package settings

import (
	"fmt"
	"sync"
)

// Settings is a set of known options.
type Settings struct {
	mu     sync.Mutex
	values map[string]string
	denied map[string]int
}

// New returns settings with the given options.
func New(defaults map[string]string) *Settings {
	return &Settings{values: defaults, denied: make(map[string]int)}
}

// Set changes an option that exists.
func (s *Settings) Set(user, key, value string) error {
	s.mu.Lock()
	if _, ok := s.values[key]; !ok {
		go s.countDenied(user)
		return fmt.Errorf("settings: no option %q", key)
	}
	s.values[key] = value
	s.mu.Unlock()
	return nil
}

func (s *Settings) countDenied(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied[user]++
}

// Get returns the value of an option.
func (s *Settings) Get(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key]
}
