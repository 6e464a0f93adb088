// Package connpool shares a limited number of connections.
package connpool

import (
	"context"
	"errors"
	"slices"
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

// Pool lends connections, at most max at a time. Its methods may be called by any number of goroutines.
type Pool struct {
	max  int
	dial Dial
	gone chan struct{} // closed when the pool is closed and its last place is free

	mu      sync.Mutex // guards all below; never held while something is dialled or closed
	places  int        // taken
	idle    []Conn
	waiting []chan turn // not empty only while nothing is idle and no place is free; each has room for its one turn
	closed  bool
}

// turn is what a caller that waited gets: a connection, an error, or with neither of them a place to dial in.
type turn struct {
	conn Conn
	err  error
}

// Lease is a connection that somebody has for a while.
type Lease struct {
	pool *Pool
	conn Conn
	over atomic.Bool
}

// New makes a pool with max places.
func New(max int, dial Dial) *Pool {
	return &Pool{max: max, dial: dial, gone: make(chan struct{})}
}

// Get returns an idle connection, or a new one, or waits until it is its turn to have either.
func (p *Pool) Get(ctx context.Context) (*Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	next := p.line()
	select {
	case t := <-next:
		return p.take(ctx, t)
	case <-ctx.Done():
		if !p.leave(next) {
			p.pass(<-next) // it was our turn just before
		}
		return nil, ctx.Err()
	}
}

// Stats returns the state of the pool at this moment.
func (p *Pool) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{Open: p.places, Idle: len(p.idle), Waiting: len(p.waiting)}
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
	if !l.over.Swap(true) {
		l.pool.put(l.conn)
	}
}

// Discard closes the connection, which is broken, and gives its place back.
func (l *Lease) Discard() {
	if !l.over.Swap(true) {
		l.pool.shut(l.conn)
	}
}

// line returns a channel on which the caller's turn comes, which may be now.
func (p *Pool) line() chan turn {
	next := make(chan turn, 1)
	p.mu.Lock()
	defer p.mu.Unlock()
	switch last := len(p.idle) - 1; {
	case p.closed:
		next <- turn{err: ErrClosed}
	case last >= 0:
		next <- turn{conn: p.idle[last]}
		p.idle = p.idle[:last]
	case p.places < p.max:
		p.places++
		next <- turn{}
	default:
		p.waiting = append(p.waiting, next)
	}
	return next
}

// leave takes a caller out of the line. It reports false where its turn has come.
func (p *Pool) leave(next chan turn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.Index(p.waiting, next)
	if i < 0 {
		return false
	}
	p.waiting = slices.Delete(p.waiting, i, i+1)
	return true
}

// take makes a lease of a turn.
func (p *Pool) take(ctx context.Context, t turn) (*Lease, error) {
	if t.err != nil {
		return nil, t.err
	}
	if t.conn != nil {
		return &Lease{pool: p, conn: t.conn}, nil
	}
	c, err := p.dial(ctx)
	if err != nil {
		p.free()
		return nil, err
	}
	if p.isClosed() {
		p.shut(c)
		return nil, ErrClosed
	}
	return &Lease{pool: p, conn: c}, nil
}

// pass gives a turn to somebody else.
func (p *Pool) pass(t turn) {
	switch {
	case t.conn != nil:
		p.put(t.conn)
	case t.err == nil:
		p.free()
	}
}

// put hands a connection to the oldest caller, or keeps it.
func (p *Pool) put(c Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.hand(turn{conn: c}) {
		p.idle = append(p.idle, c)
	}
}

// shut closes a connection and then frees its place.
func (p *Pool) shut(c Conn) {
	c.Close()
	p.free()
}

// free gives up a place: the oldest caller takes it over, or it is free.
func (p *Pool) free() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hand(turn{}) {
		return
	}
	p.places--
	if p.closed && p.places == 0 {
		close(p.gone)
	}
}

// hand gives a turn to the oldest caller. It reports false where nobody waits. p.mu is held.
func (p *Pool) hand(t turn) bool {
	if len(p.waiting) == 0 {
		return false
	}
	p.waiting[0] <- t
	p.waiting = slices.Delete(p.waiting, 0, 1)
	return true
}

func (p *Pool) isClosed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}

// close tells those who wait, and returns the connections that are to be closed.
func (p *Pool) close() []Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	for p.hand(turn{err: ErrClosed}) {
	}
	if p.places == 0 {
		close(p.gone)
	}
	idle := p.idle
	p.idle = nil
	return idle
}
