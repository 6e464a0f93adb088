// Package session sends messages over a connection that may go away.
package session

import (
	"errors"
	"sync"
)

// ErrClosed is returned by Send on a closed session.
var ErrClosed = errors.New("session: closed")

type conn struct {
	sent []string
}

func (c *conn) write(msg string) {
	c.sent = append(c.sent, msg)
}

// Session is safe for use by several goroutines.
type Session struct {
	mu   sync.Mutex
	conn *conn
}

// Dial opens a session.
func Dial() *Session {
	return &Session{conn: &conn{}}
}

// Connected tells whether messages can be sent.
func (s *Session) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn != nil
}

// Send writes a message.
func (s *Session) Send(msg string) error {
	if !s.Connected() {
		return ErrClosed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn.write(msg)
	return nil
}

// Close ends the session.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn = nil
}
