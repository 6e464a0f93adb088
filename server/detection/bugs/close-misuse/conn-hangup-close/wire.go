// Package wire reads newline-terminated frames from a connection.
package wire

import (
	"bufio"
	"io"
)

// Conn delivers the frames of one peer.
type Conn struct {
	rc     io.ReadCloser
	frames chan string
	done   chan struct{}
}

// Open starts reading frames.
func Open(rc io.ReadCloser) *Conn {
	c := &Conn{rc: rc, frames: make(chan string, 16), done: make(chan struct{})}
	go c.readLoop()
	return c
}

func (c *Conn) readLoop() {
	defer close(c.done)
	scanner := bufio.NewScanner(c.rc)
	for scanner.Scan() {
		select {
		case c.frames <- scanner.Text():
		case <-c.done:
			return
		}
	}
}

// Frames returns the incoming frames.
func (c *Conn) Frames() <-chan string { return c.frames }

// Done is closed when no more frames will come.
func (c *Conn) Done() <-chan struct{} { return c.done }

// Close ends the connection.
func (c *Conn) Close() error {
	close(c.done)
	return c.rc.Close()
}
