package unlock

import (
	"sync"
	"testing"
)

func TestUnlock(t *testing.T) {
	var mu sync.Mutex
	t.Log("a fatal error cannot be recovered")
	defer func() { recover() }()
	mu.Unlock()
}
