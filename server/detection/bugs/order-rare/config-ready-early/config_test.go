package config

import "testing"

func TestMaxConnsWaitsForFirstConfig(t *testing.T) {
	updates := make(chan Config)
	l := Follow(updates)
	updates <- Config{Version: 1, MaxConns: 8}
	if got := l.MaxConns(); got != 8 {
		t.Errorf("limit %d, want 8", got)
	}
	updates <- Config{Version: 2, MaxConns: 32}
	close(updates)
	l.Wait()
	if got := l.MaxConns(); got != 32 {
		t.Errorf("limit %d after the update, want 32", got)
	}
}
