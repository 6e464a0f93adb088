package breaker

import (
	"errors"
	"sync/atomic"
)

var ErrOpen = errors.New("breaker: open")

// Breaker refuses calls after threshold failures in a row.
type Breaker struct {
	threshold int32
	failures  int32
}

func New(threshold int32) *Breaker { return &Breaker{threshold: threshold} }

// Do runs fn unless the breaker is open.
func (b *Breaker) Do(fn func() error) error {
	if atomic.LoadInt32(&b.failures) >= b.threshold {
		return ErrOpen
	}
	if err := fn(); err != nil {
		atomic.AddInt32(&b.failures, 1)
		return err
	}
	if b.failures > 0 {
		atomic.StoreInt32(&b.failures, 0)
	}
	return nil
}
