// Package handshake lets two peers exchange values in rounds.
package handshake

import "context"

// Peer is one side of a pair. Its methods may be called by any number of goroutines.
type Peer[T any] struct {
	out   chan<- T
	in    <-chan T
	first bool
}

// Pair returns two connected peers.
func Pair[T any]() (*Peer[T], *Peer[T]) {
	there, back := make(chan T), make(chan T)
	return &Peer[T]{out: there, in: back, first: true}, &Peer[T]{out: back, in: there}
}

// Exchange gives v to the other peer and returns the value that the other peer gave.
func (p *Peer[T]) Exchange(ctx context.Context, v T) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	if p.first {
		if err := p.send(ctx, v); err != nil {
			return zero, err
		}
		return p.receive(ctx)
	}
	got, err := p.receive(ctx)
	if err != nil {
		return zero, err
	}
	if err := p.send(ctx, v); err != nil {
		return zero, err
	}
	return got, nil
}

func (p *Peer[T]) send(ctx context.Context, v T) error {
	select {
	case p.out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Peer[T]) receive(ctx context.Context) (T, error) {
	var zero T
	select {
	case got := <-p.in:
		return got, nil
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}
