package ttl

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestMembersExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(2 * time.Hour)
		defer s.Close()
		s.Add("old")
		time.Sleep(time.Hour + 30*time.Second)
		s.Add("new")
		if n := s.Len(); n != 2 {
			t.Errorf("%d members after an hour, want 2", n)
		}
		time.Sleep(2*time.Hour - time.Minute)
		synctest.Wait()
		if n := s.Len(); n != 1 {
			t.Errorf("%d members just before the third hour, want 1", n)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if n := s.Len(); n != 0 {
			t.Errorf("%d members after three hours, want none", n)
		}
	})
}
