// Package semaphore limits how much of something is in use at the same time.
package semaphore

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrTooLarge is what an Acquire of more permits than there are gets.
var ErrTooLarge = errors.New("semaphore: more permits than there are")

// Semaphore hands out permits. Who gives permits back serves the line: a waiter's permits are its own before it wakes.
type Semaphore struct {
	size int

	mu   sync.Mutex
	held int
	line []*waiter
}

type waiter struct {
	n     int
	ready chan struct{} // closed once the permits are the waiter's
}

// New returns a semaphore with size permits, all of them free.
func New(size int) *Semaphore { return &Semaphore{size: size} }

// Acquire takes n permits and waits for them in line with the others.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	if n > s.size {
		return ErrTooLarge
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	if s.fits(n) {
		s.held += n
		s.mu.Unlock()
		return nil
	}
	w := &waiter{n: n, ready: make(chan struct{})}
	s.line = append(s.line, w)
	s.mu.Unlock()

	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		return s.abandon(w, ctx.Err())
	}
}

// TryAcquire takes n permits if they are free and nobody waits.
func (s *Semaphore) TryAcquire(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fits(n) {
		return false
	}
	s.held += n
	return true
}

// Release gives back n permits.
func (s *Semaphore) Release(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held -= n
	s.serve()
}

// abandon takes a waiter out of the line. Where the permits were faster, they count.
func (s *Semaphore) abandon(w *waiter, reason error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.Index(s.line, w)
	if at < 0 {
		return nil
	}
	s.line = slices.Delete(s.line, at, at+1)
	s.serve()
	return reason
}

// fits tells whether n permits can be taken without overtaking anybody. The lock is held.
func (s *Semaphore) fits(n int) bool {
	return len(s.line) == 0 && s.held+n <= s.size
}

// serve gives permits to the first in line, as long as they suffice. The lock is held.
func (s *Semaphore) serve() {
	for len(s.line) > 0 && s.held+s.line[0].n <= s.size {
		s.held += s.line[0].n
		close(s.line[0].ready)
		s.line = slices.Delete(s.line, 0, 1)
	}
}
