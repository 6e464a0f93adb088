// Package semaphore limits how much of something is in use at the same time.
package semaphore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// ErrTooLarge is what an Acquire of more permits than there are gets.
var ErrTooLarge = errors.New("semaphore: more permits than there are")

// Semaphore hands out permits. Whatever changes is told to all who wait, and each looks whether it is its turn.
type Semaphore struct {
	size int

	mu      sync.Mutex
	changed *sync.Cond
	held    int
	last    int
	tickets []int // of those who wait, in the order in which they came
}

// New returns a semaphore with size permits, all of them free.
func New(size int) *Semaphore {
	s := &Semaphore{size: size}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Acquire takes n permits and waits for them in line with the others.
func (s *Semaphore) Acquire(ctx context.Context, n int) error {
	if n > s.size {
		return fmt.Errorf("%w: %d of %d", ErrTooLarge, n, s.size)
	}
	defer context.AfterFunc(ctx, s.wakeAll)()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	mine := s.last
	s.tickets = append(s.tickets, mine)
	for ctx.Err() == nil && (s.tickets[0] != mine || s.held+n > s.size) {
		s.changed.Wait()
	}
	s.tickets = slices.DeleteFunc(s.tickets, func(one int) bool { return one == mine })
	s.changed.Broadcast()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("semaphore: gave up waiting for %d permits: %w", n, err)
	}
	s.held += n
	return nil
}

// TryAcquire takes n permits if they are free and nobody waits.
func (s *Semaphore) TryAcquire(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.tickets) > 0 || s.held+n > s.size {
		return false
	}
	s.held += n
	return true
}

// Release gives back n permits.
func (s *Semaphore) Release(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.held {
		panic(fmt.Errorf("release of %d permits, and %d are held", n, s.held))
	}
	s.held -= n
	s.changed.Broadcast()
}

func (s *Semaphore) wakeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed.Broadcast()
}
