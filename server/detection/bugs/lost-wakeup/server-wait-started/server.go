package server

import "sync"

// Server finds out its address only when it has started.
type Server struct {
	mu      sync.Mutex
	started *sync.Cond
	addr    string
}

func New() *Server {
	s := new(Server)
	s.started = sync.NewCond(&s.mu)
	return s
}

// Serve binds the server and tells those who wait for its address.
func (s *Server) Serve(bind func() (string, error)) error {
	addr, err := bind()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addr = addr
	s.started.Broadcast()
	return nil
}

// Addr returns the address of the server, once it is known.
func (s *Server) Addr() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.started.Wait()
	return s.addr
}
