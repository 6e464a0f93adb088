package sessions

import (
	"testing"
	"time"
)

func TestAddDropsOldest(t *testing.T) {
	s, now := NewStore(2), time.Now()
	s.Add("s1", "ada", now)
	s.Add("s2", "grace", now.Add(time.Second))
	s.Add("s3", "alan", now.Add(2*time.Second))
	if _, ok := s.byID["s1"]; ok || len(s.byID) != 2 {
		t.Errorf("sessions after eviction: %v", s.byID)
	}
}
