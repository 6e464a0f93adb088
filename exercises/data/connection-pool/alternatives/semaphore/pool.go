// Package connpool shares a limited number of connections.
package connpool

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// ErrClosed is returned by Get once the pool was closed.
var ErrClosed = errors.New("connpool: closed")

// Conn is a connection.
type Conn interface {
	Close() error
}

// Dial opens a connection. It returns soon after ctx is done.
type Dial func(ctx context.Context) (Conn, error)

// Stats is the state of a pool at one moment.
type Stats struct {
	Open    int // places taken: connections that are being dialled, idle, leased or being closed
	Idle    int // connections that wait for somebody to need them
	Waiting int // calls of Get that wait for a connection or a place
}

// Pool lends connections, at most cap(turns) at a time. Its methods may be called by any number of goroutines.
type Pool struct {
	dial Dial
	// turns has an element for every lease and every dial under way. Sends that wait for room get it in the order in which they came,
	// and at the very moment of the receive that makes the room: the runtime is the waiting line.
	turns   chan struct{}
	closing chan struct{} // closed by the first Close
	gone    chan struct{} // closed when the last connection has been closed after that

	mu      sync.Mutex // guards all below
	open    int        // connections, from dial to the end of Close
	idle    []Conn
	waiting int
	closed  bool
}

// Lease is a connection that somebody has for a while.
type Lease struct {
	pool *Pool
	conn Conn
	over atomic.Bool
}

// New makes a pool with max places.
func New(max int, dial Dial) *Pool {
	return &Pool{dial: dial, turns: make(chan struct{}, max), closing: make(chan struct{}), gone: make(chan struct{})}
}

// Get returns an idle connection, or a new one, or waits until it is its turn to have either.
func (p *Pool) Get(ctx context.Context) (*Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := p.turn(ctx); err != nil {
		return nil, err
	}
	c, err := p.connection(ctx)
	if err != nil {
		<-p.turns
		return nil, err
	}
	return &Lease{pool: p, conn: c}, nil
}

// Stats returns the state of the pool at this moment.
func (p *Pool) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{Open: p.open, Idle: len(p.idle), Waiting: p.waiting}
}

// Close refuses new callers, closes the idle connections now and the others when they come back. It returns when there are none left, or
// when ctx is done.
func (p *Pool) Close(ctx context.Context) error {
	for _, c := range p.close() {
		go p.shut(c) // ctx may be done before it is
	}
	select {
	case <-p.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Conn returns the connection.
func (l *Lease) Conn() Conn { return l.conn }

// Release gives the connection back.
func (l *Lease) Release() {
	if l.over.Swap(true) {
		return
	}
	if !l.pool.keep(l.conn) {
		l.pool.shut(l.conn)
	}
	<-l.pool.turns
}

// Discard closes the connection, which is broken, and gives its place back.
func (l *Lease) Discard() {
	if l.over.Swap(true) {
		return
	}
	l.pool.shut(l.conn)
	<-l.pool.turns
}

// turn waits until the caller may have a connection.
func (p *Pool) turn(ctx context.Context) error {
	select {
	case p.turns <- struct{}{}: // nobody waits, or there would be no room
		return nil
	default:
	}
	p.countWaiting(1)
	defer p.countWaiting(-1)
	select {
	case p.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-p.closing:
		return ErrClosed
	}
}

func (p *Pool) countWaiting(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting += n
}

// connection takes an idle connection or dials. Whoever has a turn and finds nothing idle has a free place: all connections belong to others
// who have a turn.
func (p *Pool) connection(ctx context.Context) (Conn, error) {
	c, err := p.fromIdle()
	if c != nil || err != nil {
		return c, err
	}
	c, err = p.dial(ctx)
	if err != nil {
		p.forget()
		return nil, err
	}
	select {
	case <-p.closing:
		p.shut(c)
		return nil, ErrClosed
	default:
		return c, nil
	}
}

// fromIdle returns an idle connection, or nil where the caller has to dial.
func (p *Pool) fromIdle() (Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	last := len(p.idle) - 1
	if last < 0 {
		p.open++
		return nil, nil
	}
	c := p.idle[last]
	p.idle = p.idle[:last]
	return c, nil
}

// keep puts a connection aside. It reports false where the pool is closed.
func (p *Pool) keep(c Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.idle = append(p.idle, c)
	return true
}

// shut closes a connection.
func (p *Pool) shut(c Conn) {
	c.Close()
	p.forget()
}

// forget counts a connection that exists no more.
func (p *Pool) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open--
	if p.closed && p.open == 0 {
		close(p.gone)
	}
}

// close tells those who wait, and returns the connections that are to be closed.
func (p *Pool) close() []Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	close(p.closing)
	if p.open == 0 {
		close(p.gone)
	}
	idle := p.idle
	p.idle = nil
	return idle
}
