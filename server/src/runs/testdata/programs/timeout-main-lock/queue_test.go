package queue

import (
	"sync"
	"testing"
)

var mu sync.Mutex

func TestMain(m *testing.M) {
	m.Run()
	mu.Lock()
	mu.Lock()
}

func TestOne(t *testing.T) {}
