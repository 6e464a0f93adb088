// Package lease keeps leases alive on behalf of their owners.
package lease

import (
	"context"
	"sync"
	"sync/atomic"
)

type lease struct {
	cancel   context.CancelFunc
	requests chan struct{}
	renewals atomic.Int64
}

// Keeper holds the leases of one client.
type Keeper struct {
	mu     sync.Mutex
	leases map[string]*lease
}

// NewKeeper returns a keeper without leases.
func NewKeeper() *Keeper {
	return &Keeper{leases: make(map[string]*lease)}
}

// Grant starts a lease.
func (k *Keeper) Grant(id string) {
	ctx, cancel := context.WithCancel(context.Background())
	l := &lease{cancel: cancel, requests: make(chan struct{}, 1)}
	k.mu.Lock()
	k.leases[id] = l
	k.mu.Unlock()
	go l.serve(ctx)
}

func (l *lease) serve(ctx context.Context) {
	for {
		select {
		case <-l.requests:
			l.renewals.Add(1)
		case <-ctx.Done():
			return
		}
	}
}

// Revoke ends one lease.
func (k *Keeper) Revoke(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.leases, id)
}

// Renew asks for a renewal and reports whether there is such a lease.
func (k *Keeper) Renew(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	l, ok := k.leases[id]
	if ok {
		select {
		case l.requests <- struct{}{}:
		default: // one is under way
		}
	}
	return ok
}

// Close ends all leases.
func (k *Keeper) Close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range k.leases {
		l.cancel()
	}
}
