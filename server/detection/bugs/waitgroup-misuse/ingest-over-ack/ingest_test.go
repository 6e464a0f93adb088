package ingest

import "testing"

// busyStore refuses every event it sees for the first time if it is slow.
type busyStore struct {
	slow    map[string]bool
	written int
}

func (s *busyStore) Write(batch []string) (rejected []string) {
	for _, event := range batch {
		if s.slow[event] {
			delete(s.slow, event)
			rejected = append(rejected, event)
			continue
		}
		s.written++
	}
	return rejected
}

func TestRejectedEventsAreWrittenAgain(t *testing.T) {
	store := &busyStore{slow: map[string]bool{"resize": true}}
	in := New(store)
	in.Submit("login", "resize", "logout")
	in.Flush()
	in.Close()
	if store.written != 3 {
		t.Errorf("%d events written, want 3", store.written)
	}
}
