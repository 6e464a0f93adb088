package limiter

import "sync"

// Limiter admits a fixed number of requests per window.
type Limiter struct {
	mu    sync.Mutex
	limit int
	used  int
}

func New(limit int) *Limiter { return &Limiter{limit: limit} }

// Allow reports whether one more request fits into the current window.
func (l *Limiter) Allow() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.used >= l.limit {
		return false
	}
	l.used++
	return true
}

// SetLimit changes the size of the window; values below one are raised to one.
func (l *Limiter) SetLimit(n int) {
	l.limit = max(n, 1)
}

// Reset starts a new window.
func (l *Limiter) Reset() {
	l.mu.Lock()
	l.used = 0
	l.mu.Unlock()
}
