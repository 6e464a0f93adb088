// Package handshake lets two peers exchange values in rounds.
package handshake

import "context"

// Peer is one side of a pair. Its methods may be called by any number of goroutines.
type Peer[T any] struct {
	out chan<- offer[T]
	in  <-chan offer[T]
}

// offer is a value together with the place where its taker leaves the answer.
type offer[T any] struct {
	value  T
	answer chan<- T // has room for the one answer: giving it never blocks
}

// Pair returns two connected peers.
func Pair[T any]() (*Peer[T], *Peer[T]) {
	there, back := make(chan offer[T]), make(chan offer[T])
	return &Peer[T]{out: there, in: back}, &Peer[T]{out: back, in: there}
}

// Exchange gives v to the other peer and returns the value that the other peer gave.
// When ctx is done before that, neither side has got anything and Exchange returns ctx.Err().
func (p *Peer[T]) Exchange(ctx context.Context, v T) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil { // select would choose at random between ctx and a waiting partner
		return zero, err
	}
	answer := make(chan T, 1)
	// The one step that decides. Beyond it, neither side looks at its context again.
	select { // waits for ever
	case p.out <- offer[T]{value: v, answer: answer}:
		return <-answer, nil
	case o := <-p.in:
		o.answer <- v
		return o.value, nil
	}
}
