package upload

import (
	"context"
	"sync"
	"testing"
)

type memStore struct {
	mu      sync.Mutex
	objects map[string]int
}

func (m *memStore) Put(_ context.Context, key string, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.objects[key] = len(body)
	return nil
}

func TestPartsStoresEverything(t *testing.T) {
	s := &memStore{objects: make(map[string]int)}
	parts := [][]byte{[]byte("alpha"), []byte("beta"), []byte("gamma"), []byte("delta")}
	n, err := Parts(t.Context(), s, "backup", parts)
	if err != nil || n != len(parts) {
		t.Fatalf("Parts = %d, %v; want %d, nil", n, err, len(parts))
	}
	if s.objects["backup/0002"] != 5 {
		t.Errorf("part 2 has %d bytes, want 5", s.objects["backup/0002"])
	}
}
