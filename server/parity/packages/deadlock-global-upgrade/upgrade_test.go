package upgrade

import (
	"sync"
	"testing"
)

var cache = map[string]int{}
var mu sync.RWMutex

func get(key string) int {
	mu.RLock()
	defer mu.RUnlock()
	if n, ok := cache[key]; ok {
		return n
	}
	mu.Lock()
	defer mu.Unlock()
	cache[key] = len(key)
	return cache[key]
}

func TestUpgrade(t *testing.T) {
	get("word")
}
