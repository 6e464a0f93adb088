// Package api serves requests and keeps an audit trail.
package api

import (
	"sync"
	"time"
)

// Server handles requests in the background.
type Server struct {
	requests sync.WaitGroup
	audit    chan string
	written  chan struct{}
	trail    []string
}

// NewServer starts the audit writer.
func NewServer() *Server {
	s := &Server{audit: make(chan string), written: make(chan struct{})}
	go s.writeTrail()
	return s
}

func (s *Server) writeTrail() {
	defer close(s.written)
	for record := range s.audit {
		s.trail = append(s.trail, record)
	}
}

// Handle answers one request of the user.
func (s *Server) Handle(user string) {
	s.requests.Go(func() { s.serve(user) })
}

func (s *Server) serve(user string) {
	time.Sleep(3 * time.Millisecond) // backend
	s.audit <- user + ": ok"
}

// Shutdown ends the server and returns the complete audit trail.
func (s *Server) Shutdown() []string {
	close(s.audit)
	<-s.written
	s.requests.Wait()
	return s.trail
}
