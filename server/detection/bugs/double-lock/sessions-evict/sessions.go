package sessions

import (
	"sync"
	"time"
)

type session struct {
	user    string
	created time.Time
}

// Store keeps at most max sessions.
type Store struct {
	mu   sync.Mutex
	max  int
	byID map[string]session
}

func NewStore(max int) *Store {
	return &Store{max: max, byID: make(map[string]session)}
}

// Add stores a session, making room first if the store is full.
func (s *Store) Add(id, user string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byID) >= s.max {
		s.evictOldest()
	}
	s.byID[id] = session{user, now}
}

func (s *Store) evictOldest() {
	oldest := ""
	for id, sess := range s.byID {
		if oldest == "" || sess.created.Before(s.byID[oldest].created) {
			oldest = id
		}
	}
	s.Remove(oldest)
}

// Remove ends a session.
func (s *Store) Remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}
