// Package echo serves lines in upper case.
package echo

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
)

// Server accepts connections that are made in this process.
type Server struct {
	conns    chan net.Conn
	sessions sync.WaitGroup
}

// NewServer returns a server, which Serve starts.
func NewServer() *Server {
	return &Server{conns: make(chan net.Conn)}
}

// Serve handles connections until the server is shut down.
func (s *Server) Serve() {
	for conn := range s.conns {
		s.sessions.Go(func() {
			defer conn.Close()
			lines := bufio.NewScanner(conn)
			for lines.Scan() {
				fmt.Fprintln(conn, strings.ToUpper(lines.Text()))
			}
		})
	}
	s.sessions.Wait()
}

// Dial connects to the server.
func (s *Server) Dial() net.Conn {
	client, server := net.Pipe()
	s.conns <- server
	return client
}

// Shutdown stops accepting connections.
func (s *Server) Shutdown() { close(s.conns) }
