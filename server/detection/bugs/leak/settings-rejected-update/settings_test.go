package settings

import "testing"

func TestSet(t *testing.T) {
	s := New(map[string]string{"theme": "light"})
	if err := s.Set("ada", "theme", "dark"); err != nil {
		t.Errorf("known option: %v", err)
	}
	if got := s.Get("theme"); got != "dark" {
		t.Errorf("theme is %q, want dark", got)
	}
	if err := s.Set("ada", "colour", "red"); err == nil {
		t.Error("unknown option: no error")
	}
}
