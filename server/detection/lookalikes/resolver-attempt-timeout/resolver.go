// Package resolver asks a name server that may be slow.
package resolver

import (
	"context"
	"errors"
	"time"
)

const (
	attempts       = 5
	attemptTimeout = 100 * time.Millisecond
)

// ErrUnknown is returned for a name that does not exist.
var ErrUnknown = errors.New("resolver: unknown name")

// Query asks the server once.
type Query func(ctx context.Context, name string) (string, error)

// Resolver repeats queries that take too long.
type Resolver struct {
	query Query
}

// Lookup returns the address of a name.
func (r *Resolver) Lookup(ctx context.Context, name string) (string, error) {
	var err error
	for range attempts {
		var addr string
		addr, err = r.attempt(ctx, name)
		if err == nil || !errors.Is(err, context.DeadlineExceeded) {
			return addr, err
		}
	}
	return "", err
}

func (r *Resolver) attempt(ctx context.Context, name string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	return r.query(ctx, name)
}
