// Package handshake lets two peers exchange values in rounds.
package handshake

import "context"

// Peer is one side of a pair. Its methods may be called by any number of goroutines.
type Peer[T any] struct {
	out chan<- T
	in  <-chan T
}

// Pair returns two connected peers.
func Pair[T any]() (*Peer[T], *Peer[T]) {
	there, back := make(chan T), make(chan T)
	return &Peer[T]{out: there, in: back}, &Peer[T]{out: back, in: there}
}

// Exchange gives v to the other peer and returns the value that the other peer gave.
func (p *Peer[T]) Exchange(ctx context.Context, v T) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	select { // here both wait
	case p.out <- v:
	case <-ctx.Done():
		return zero, ctx.Err()
	}
	select {
	case got := <-p.in:
		return got, nil
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}
