package resolver

import (
	"context"
	"errors"
	"testing"
	"time"
)

func server(ctx context.Context, name string) (string, error) {
	select {
	case <-time.After(time.Millisecond):
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if name == "go.dev" {
		return "192.0.2.7", nil
	}
	return "", ErrUnknown
}

func TestLookup(t *testing.T) {
	r := &Resolver{query: server}
	if addr, err := r.Lookup(t.Context(), "go.dev"); err != nil || addr != "192.0.2.7" {
		t.Errorf("go.dev: %q, %v", addr, err)
	}
	if _, err := r.Lookup(t.Context(), "no.example"); !errors.Is(err, ErrUnknown) {
		t.Errorf("no.example: %v, want %v", err, ErrUnknown)
	}
}
