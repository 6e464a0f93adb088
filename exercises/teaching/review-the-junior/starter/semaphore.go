// Package semaphore limits how much of something is in use at the same time.
package semaphore

import (
	"context"
	"errors"
)

// What stands in this file is the contract. Each variant has its own file in its place.

// ErrTooLarge is what an Acquire of more permits than there are gets.
var ErrTooLarge = errors.New("semaphore: more permits than there are")

// Semaphore hands out permits. All its methods may be called by any number of goroutines at once.
type Semaphore struct{}

// New returns a semaphore with size permits, all of them free. size is at least 1.
func New(size int) *Semaphore { return &Semaphore{} }

// Acquire takes n permits, n ≥ 1, and waits for them in line with the others: first come, first served.
func (s *Semaphore) Acquire(ctx context.Context, n int) error { return nil }

// TryAcquire takes n permits, n ≥ 1, if they are free and nobody waits. It never waits itself.
func (s *Semaphore) TryAcquire(n int) bool { return false }

// Release gives back n permits, n ≥ 1, and panics if fewer are held.
func (s *Semaphore) Release(n int) {}
