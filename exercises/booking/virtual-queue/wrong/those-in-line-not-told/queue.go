// Package queue is a waiting room: it admits visitors in the order in which they came, not faster than a rate, and never more than a limit.
package queue

import (
	"context"
	"errors"
	"slices"
	"sync"
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
	every time.Duration
	limit int

	mu      sync.Mutex // guards all below, and the states of the tickets
	line    []*Ticket
	tickets map[string]*Ticket // of those who are in line or inside
	inside  int
	next    time.Time   // nobody is admitted before
	timer   *time.Timer // calls tick; set while somebody is in line, a place is free, and next is to come
	closed  bool
}

type state int

const (
	waiting state = iota
	admitted
	left
	refused
)

// Ticket is a visitor's place in line, and later in the shop. Its methods may be called by any number of goroutines.
type Ticket struct {
	queue   *Queue
	visitor string
	decided chan struct{} // closed when state is no longer waiting
	state   state         // guarded by queue.mu
}

// New makes a queue that admits one visitor per every, as long as fewer than inside are inside.
func New(every time.Duration, inside int) *Queue {
	q := &Queue{every: every, limit: inside, tickets: make(map[string]*Ticket)}
	q.timer = time.AfterFunc(every, q.tick)
	q.timer.Stop() // for later
	return q
}

// Join puts a visitor at the end of the line, or returns the ticket that the visitor has.
func (q *Queue) Join(visitor string) (*Ticket, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return nil, ErrClosed
	}
	if t := q.tickets[visitor]; t != nil {
		return t, nil
	}
	t := &Ticket{queue: q, visitor: visitor, decided: make(chan struct{})}
	q.tickets[visitor] = t
	q.line = append(q.line, t)
	q.admit()
	return t, nil
}

// Stats returns the state of the queue at this moment.
func (q *Queue) Stats() Stats {
	q.mu.Lock()
	defer q.mu.Unlock()
	return Stats{Waiting: len(q.line), Inside: q.inside}
}

// Close refuses those in line and all who come later.
func (q *Queue) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.timer.Stop()
}

// Wait returns nil when the visitor is admitted. The end of ctx ends only the waiting.
func (t *Ticket) Wait(ctx context.Context) error {
	select {
	case <-t.decided:
		return t.outcome()
	default:
	}
	select {
	case <-t.decided:
		return t.outcome()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Position returns 1 for the head of the line and 0 for a visitor who is not in line.
func (t *Ticket) Position() int {
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	return slices.Index(t.queue.line, t) + 1
}

// Leave takes the visitor out of the line or out of the shop.
func (t *Ticket) Leave() {
	q := t.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	switch t.state {
	case waiting:
		i := slices.Index(q.line, t)
		q.line = slices.Delete(q.line, i, i+1)
		t.decide(left)
	case admitted:
		t.state = left
		q.inside--
	default:
		return
	}
	delete(q.tickets, t.visitor)
	q.admit()
}

// admit lets in all who may come in now, and sets the timer for the next one if only the time is missing. q.mu is held.
func (q *Queue) admit() {
	for !q.closed && len(q.line) > 0 && q.inside < q.limit {
		if wait := time.Until(q.next); wait > 0 {
			q.timer.Reset(wait)
			return
		}
		q.line[0].decide(admitted)
		q.line = slices.Delete(q.line, 0, 1)
		q.inside++
		q.next = time.Now().Add(q.every)
	}
}

// tick is called when the next visitor may be admitted, unless things have changed meanwhile.
func (q *Queue) tick() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.admit()
}

// decide ends the visitor's time in line. q.mu is held.
func (t *Ticket) decide(s state) {
	t.state = s
	close(t.decided)
}

// outcome tells how a decided ticket ended, or what has become of it since.
func (t *Ticket) outcome() error {
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	switch t.state {
	case left:
		return ErrLeft
	case refused:
		return ErrClosed
	default:
		return nil
	}
}
