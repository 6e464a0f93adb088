// Package recent remembers which ids were seen lately.
package recent

import (
	"slices"
	"sync"
)

// Window remembers the ids that were seen last. Its methods may be called by any number of goroutines.
type Window struct {
	size int

	mu  sync.Mutex
	has map[string]bool
	ids []string // the one that was seen last is the last
}

// New makes a window that remembers size ids, at least one.
func New(size int) *Window {
	return &Window{size: max(size, 1), has: make(map[string]bool)}
}

// Seen notes that id is seen now. It reports whether the window had it already.
func (w *Window) Seen(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	had := w.has[id]
	if had {
		i := slices.Index(w.ids, id)
		w.ids = slices.Delete(w.ids, i, i+1)
	}
	w.has[id] = true
	w.ids = append(w.ids, id)
	if len(w.ids) > w.size {
		delete(w.has, w.ids[0])
		w.ids[0] = ""
		w.ids = w.ids[1:]
	}
	return had
}

// Recent returns the n ids that were seen last, or all if there are fewer. The latest is the first.
func (w *Window) Recent(n int) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	ids := slices.Clone(w.ids[len(w.ids)-min(max(n, 0), len(w.ids)):])
	slices.Reverse(ids)
	return ids
}

// Len returns how many ids the window has.
func (w *Window) Len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.ids)
}
