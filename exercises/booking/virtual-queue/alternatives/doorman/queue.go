// Package queue is a waiting room: it admits visitors in the order in which they came, not faster than a rate, and never more than a limit.
package queue

import (
	"container/list"
	"context"
	"errors"
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

// Queue admits visitors. A goroutine, the doorman, lets them in; everybody else changes the state and gives him a nudge.
type Queue struct {
	every time.Duration
	limit int
	nudge chan struct{} // has room for one: one look shows everything
	over  chan struct{} // closed by Close

	mu      sync.Mutex // guards all below
	line    *list.List // of *Ticket
	tickets map[string]*Ticket
	inside  int
	closed  bool
}

// Ticket is a visitor's place in line, and later in the shop. A visitor goes from one closed channel to the next.
type Ticket struct {
	queue   *Queue
	visitor string
	place   *list.Element // nil: not in line; guarded by queue.mu

	admitted, left, refused chan struct{}
}

// New makes a queue that admits one visitor per every, as long as fewer than inside are inside.
func New(every time.Duration, inside int) *Queue {
	q := &Queue{
		every: every, limit: inside, nudge: make(chan struct{}, 1), over: make(chan struct{}),
		line: list.New(), tickets: make(map[string]*Ticket),
	}
	go q.doorman()
	return q
}

// Join puts a visitor at the end of the line, or returns the ticket that the visitor has.
func (q *Queue) Join(visitor string) (*Ticket, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return nil, ErrClosed
	}
	t := q.tickets[visitor]
	if t == nil {
		t = &Ticket{
			queue: q, visitor: visitor,
			admitted: make(chan struct{}), left: make(chan struct{}), refused: make(chan struct{}),
		}
		t.place = q.line.PushBack(t)
		q.tickets[visitor] = t
		q.look()
	}
	return t, nil
}

// Stats returns the state of the queue at this moment.
func (q *Queue) Stats() Stats {
	q.mu.Lock()
	defer q.mu.Unlock()
	return Stats{Waiting: q.line.Len(), Inside: q.inside}
}

// Close refuses those in line and all who come later.
func (q *Queue) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	q.closed = true
	close(q.over)
	for e := q.line.Front(); e != nil; e = e.Next() {
		t := e.Value.(*Ticket)
		t.place = nil
		delete(q.tickets, t.visitor)
		close(t.refused)
	}
	q.line.Init()
}

// Wait returns nil when the visitor is admitted. The end of ctx ends only the waiting.
func (t *Ticket) Wait(ctx context.Context) error {
	select {
	case <-t.admitted:
	case <-t.left:
	case <-t.refused:
	default:
		select {
		case <-t.admitted:
		case <-t.left:
		case <-t.refused:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	// One who has left may have been admitted before.
	select {
	case <-t.left:
		return ErrLeft
	case <-t.refused:
		return ErrClosed
	default:
		return nil
	}
}

// Position returns 1 for the head of the line and 0 for a visitor who is not in line.
func (t *Ticket) Position() int {
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	n := 0
	for e := t.place; e != nil; e = e.Prev() {
		n++
	}
	return n
}

// Leave takes the visitor out of the line or out of the shop.
func (t *Ticket) Leave() {
	q := t.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.tickets[t.visitor] != t {
		return
	}
	delete(q.tickets, t.visitor)
	if t.place != nil {
		q.line.Remove(t.place)
		t.place = nil
	} else {
		q.inside--
	}
	close(t.left)
	q.look()
}

// look makes the doorman look. q.mu may be held.
func (q *Queue) look() {
	select {
	case q.nudge <- struct{}{}:
	default: // he has not come to look for the last nudge yet
	}
}

func (q *Queue) doorman() {
	for {
		select {
		case <-q.over:
			return
		case <-q.nudge:
		}
		if !q.admit() {
			continue
		}
		select { // nobody is admitted for a while, whatever happens
		case <-q.over:
			return
		case <-time.After(q.every):
			q.look()
		}
	}
}

// admit lets one visitor in. It reports false where nobody may come in.
func (q *Queue) admit() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.line.Len() == 0 || q.inside == q.limit {
		return false
	}
	t := q.line.Remove(q.line.Front()).(*Ticket)
	t.place = nil
	q.inside++
	close(t.admitted)
	return true
}
