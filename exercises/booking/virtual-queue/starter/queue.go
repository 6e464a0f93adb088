// Package queue is a waiting room: it admits visitors in the order in which they came, not faster than a rate, and never more than a limit.
package queue

import (
	"context"
	"errors"
	"time"
)

var (
	// ErrClosed is what visitors get once the sale is over.
	ErrClosed = errors.New("queue: closed")
	// ErrLeft is what Wait returns for a visitor who has left.
	ErrLeft = errors.New("queue: left")
)

// Stats is the state of a queue at one moment.
type Stats struct {
	Waiting int // visitors in line
	Inside  int // visitors that were admitted and have not left
}

// Queue admits visitors. Its methods may be called by any number of goroutines.
type Queue struct {
	// TODO
}

// Ticket is a visitor's place in line, and later in the shop. Its methods may be called by any number of goroutines.
type Ticket struct {
	// TODO
}

var errTODO = errors.New("not written yet")

// New makes a queue that admits one visitor per every, as long as fewer than inside are inside.
func New(every time.Duration, inside int) *Queue {
	return &Queue{}
}

// Join puts a visitor at the end of the line, or returns the ticket that the visitor has.
func (q *Queue) Join(visitor string) (*Ticket, error) {
	return nil, errTODO
}

// Stats returns the state of the queue at this moment.
func (q *Queue) Stats() Stats {
	return Stats{}
}

// Close refuses those in line and all who come later.
func (q *Queue) Close() {
}

// Wait returns nil when the visitor is admitted. The end of ctx ends only the waiting.
func (t *Ticket) Wait(ctx context.Context) error {
	return errTODO
}

// Position returns 1 for the head of the line and 0 for a visitor who is not in line.
func (t *Ticket) Position() int {
	return 0
}

// Leave takes the visitor out of the line or out of the shop.
func (t *Ticket) Leave() {
}
