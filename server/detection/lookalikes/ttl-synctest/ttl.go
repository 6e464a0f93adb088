// Package ttl is a set whose members expire.
package ttl

import (
	"sync"
	"time"
)

// Set forgets members after a fixed time.
type Set struct {
	ttl     time.Duration
	mu      sync.Mutex
	expires map[string]time.Time
	quit    chan struct{}
}

// New returns a set that is swept once a minute.
func New(ttl time.Duration) *Set {
	s := &Set{ttl: ttl, expires: make(map[string]time.Time), quit: make(chan struct{})}
	go s.sweep(time.Minute)
	return s
}

func (s *Set) sweep(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case now := <-ticker.C:
			s.mu.Lock()
			for member, at := range s.expires {
				if !at.After(now) {
					delete(s.expires, member)
				}
			}
			s.mu.Unlock()
		case <-s.quit:
			return
		}
	}
}

// Add adds a member or prolongs its stay.
func (s *Set) Add(member string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expires[member] = time.Now().Add(s.ttl)
}

// Len returns the number of members.
func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.expires)
}

// Close ends the sweeping.
func (s *Set) Close() { close(s.quit) }
