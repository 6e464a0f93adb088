// Package connpool shares a limited number of connections.
package connpool

import (
	"context"
	"errors"
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
	// TODO
}

// Lease is a connection that somebody has for a while.
type Lease struct {
	// TODO
}

var errTODO = errors.New("not written yet")

// New makes a pool with max places.
func New(max int, dial Dial) *Pool {
	return &Pool{}
}

// Get returns an idle connection, or a new one, or waits until it is its turn to have either.
func (p *Pool) Get(ctx context.Context) (*Lease, error) {
	return nil, errTODO
}

// Stats returns the state of the pool at this moment.
func (p *Pool) Stats() Stats {
	return Stats{}
}

// Close refuses new callers, closes the idle connections now and the others when they come back. It returns when there are none left, or
// when ctx is done.
func (p *Pool) Close(ctx context.Context) error {
	return errTODO
}

// Conn returns the connection.
func (l *Lease) Conn() Conn {
	return nil
}

// Release gives the connection back.
func (l *Lease) Release() {
}

// Discard closes the connection, which is broken, and gives its place back.
func (l *Lease) Discard() {
}
