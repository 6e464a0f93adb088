package advice

import "sync"

type Counter struct {
	mu sync.Mutex
	n  int
}

// Value copies the lock: copylocks finds it, but go test does not run copylocks.
func (c Counter) Value() int { return c.n }

func Unreachable() int {
	return 1
	return 2
}
