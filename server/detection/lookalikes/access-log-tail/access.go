// Package access logs requests without making them wait.
package access

import (
	"fmt"
	"sync"
	"time"
)

// Log collects entries and writes them with a small delay.
type Log struct {
	Delay time.Duration

	mu      sync.Mutex
	pending []string
	written []string
}

// Add records an entry. The first one of a batch starts the writer.
func (l *Log) Add(entry string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending = append(l.pending, entry)
	if len(l.pending) == 1 {
		go l.writeLater()
	}
}

func (l *Log) writeLater() {
	time.Sleep(l.Delay)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.written = append(l.written, l.pending...)
	l.pending = nil
}

// Len returns the number of entries, written or not.
func (l *Log) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.pending) + len(l.written)
}

// Handler greets users.
type Handler struct {
	Log *Log
}

// Serve answers one request.
func (h *Handler) Serve(user string) string {
	h.Log.Add("greeted " + user)
	return fmt.Sprintf("hello, %s", user)
}
