// Package follower applies changes of several sources.
package follower

import (
	"context"
	"sync"
)

// Change is a new value of a key.
type Change struct {
	Key, Value string
}

// Set is a group of followers and what they have received.
type Set struct {
	followers sync.WaitGroup
	mu        sync.Mutex
	values    map[string]string
	ended     int
}

// New returns a set without followers.
func New() *Set {
	return &Set{values: make(map[string]string)}
}

// Follow applies changes until the context ends. Each one is acknowledged.
func (s *Set) Follow(ctx context.Context, changes <-chan Change, applied chan<- string) {
	s.followers.Go(func() {
		for {
			select {
			case c := <-changes:
				s.mu.Lock()
				s.values[c.Key] = c.Value
				s.mu.Unlock()
				select {
				case applied <- c.Key:
				case <-ctx.Done():
				}
			case <-ctx.Done():
				s.mu.Lock()
				s.ended++
				s.mu.Unlock()
				return
			}
		}
	})
}

// Wait returns how many followers there were, once all have ended.
func (s *Set) Wait() int {
	s.followers.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}
