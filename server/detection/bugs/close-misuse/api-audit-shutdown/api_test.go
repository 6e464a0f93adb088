package api

import "testing"

func TestShutdownKeepsTheTrail(t *testing.T) {
	s := NewServer()
	for _, user := range []string{"ada", "grace", "edsger"} {
		s.Handle(user)
	}
	if trail := s.Shutdown(); len(trail) != 3 {
		t.Errorf("audit trail %q, want 3 records", trail)
	}
}
