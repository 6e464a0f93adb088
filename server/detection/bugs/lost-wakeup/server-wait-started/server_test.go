package server

import (
	"sync"
	"testing"
)

func TestAddrAfterServe(t *testing.T) {
	s := New()
	var wg sync.WaitGroup
	wg.Go(func() {
		err := s.Serve(func() (string, error) { return "127.0.0.1:8443", nil })
		if err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	if got := s.Addr(); got != "127.0.0.1:8443" {
		t.Errorf("Addr = %q", got)
	}
	wg.Wait()
}
