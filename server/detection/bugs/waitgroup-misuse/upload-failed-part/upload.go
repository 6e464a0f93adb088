// Package upload stores the parts of an object in parallel.
package upload

import (
	"slices"
	"sync"
)

// Store keeps one part.
type Store interface {
	Put(part string) error
}

// Uploader sends parts to a store and remembers those that failed.
type Uploader struct {
	store  Store
	wg     sync.WaitGroup
	mu     sync.Mutex
	failed []string
}

// New returns an uploader to the store.
func New(s Store) *Uploader {
	return &Uploader{store: s}
}

// Upload stores all parts and returns, sorted, those that have to be sent again.
func (u *Uploader) Upload(parts ...string) []string {
	for _, part := range parts {
		u.wg.Add(1)
		go u.put(part)
	}
	u.wg.Wait()
	slices.Sort(u.failed)
	return u.failed
}

func (u *Uploader) put(part string) {
	if err := u.store.Put(part); err != nil {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.failed = append(u.failed, part)
		return
	}
	u.wg.Done()
}
