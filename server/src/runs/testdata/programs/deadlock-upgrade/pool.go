package pool

import "sync"

var (
	mu    sync.RWMutex
	cache = map[string]int{}
)

func Get(key string) int {
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
