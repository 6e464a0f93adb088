// Package handshake lets two peers exchange values in rounds.
package handshake

import "context"

// Peer is one side of a pair. Its methods may be called by any number of goroutines.
type Peer[T any] struct {
	value T
	other *Peer[T]
	out   chan<- struct{}
	in    <-chan struct{}
}

// Pair returns two connected peers.
func Pair[T any]() (*Peer[T], *Peer[T]) {
	there, back := make(chan struct{}), make(chan struct{})
	a, b := &Peer[T]{out: there, in: back}, &Peer[T]{out: back, in: there}
	a.other, b.other = b, a
	return a, b
}

// Exchange gives v to the other peer and returns the value that the other peer gave.
func (p *Peer[T]) Exchange(ctx context.Context, v T) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	p.value = v
	select {
	case p.out <- struct{}{}:
	case <-p.in:
	case <-ctx.Done():
		return zero, ctx.Err()
	}
	return p.other.value, nil
}
