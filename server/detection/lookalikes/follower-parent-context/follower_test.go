package follower

import "testing"

func TestFollowAppliesChanges(t *testing.T) {
	s := New()
	t.Cleanup(func() {
		if n := s.Wait(); n != 3 {
			t.Errorf("%d followers ended, want 3", n)
		}
	})
	applied := make(chan string)
	for _, key := range []string{"log", "ports", "users"} {
		changes := make(chan Change, 1)
		s.Follow(t.Context(), changes, applied)
		changes <- Change{key, "changed"}
	}
	for range 3 {
		key := <-applied
		s.mu.Lock()
		if s.values[key] != "changed" {
			t.Errorf("%s has value %q", key, s.values[key])
		}
		s.mu.Unlock()
	}
}
