package vault

import (
	"errors"
	"sync"
)

type Vault struct {
	mu sync.RWMutex
	n  int
}

func (v *Vault) Take(n int) error {
	v.mu.Lock()
	if n > v.n {
		return errors.New("too much")
	}
	v.n -= n
	v.mu.Unlock()
	return nil
}

func (v *Vault) Left() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.n
}
