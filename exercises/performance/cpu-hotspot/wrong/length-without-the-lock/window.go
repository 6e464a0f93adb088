// Package recent remembers which ids were seen lately.
package recent

import "sync"

// Window remembers the ids that were seen last. Its methods may be called by any number of goroutines.
//
// A map finds an id, a ring of linked entries knows their order: every step of Seen takes the same time in a small window
// and in a large one.
type Window struct {
	size int

	mu      sync.Mutex
	entries map[string]*entry
	ends    entry // ends.next was seen last, ends.prev is the next to be forgotten
}

type entry struct {
	id         string
	prev, next *entry
}

// New makes a window that remembers size ids, at least one.
func New(size int) *Window {
	w := &Window{size: max(size, 1), entries: make(map[string]*entry)}
	w.ends.prev, w.ends.next = &w.ends, &w.ends
	return w
}

// Seen notes that id is seen now. It reports whether the window had it already.
func (w *Window) Seen(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	e, had := w.entries[id]
	if had {
		e.unlink()
	} else {
		e = w.vacant()
		e.id = id
		w.entries[id] = e
	}
	w.linkFirst(e)
	return had
}

// Recent returns the n ids that were seen last, or all if there are fewer. The latest is the first.
func (w *Window) Recent(n int) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	n = min(max(n, 0), len(w.entries))
	ids := make([]string, 0, n)
	for e := w.ends.next; len(ids) < n; e = e.next {
		ids = append(ids, e.id)
	}
	return ids
}

// Len returns how many ids the window has.
func (w *Window) Len() int {
	return len(w.entries)
}

// vacant returns an entry for a new id: in a full window that of the oldest one, which is forgotten.
func (w *Window) vacant() *entry {
	if len(w.entries) < w.size {
		return &entry{}
	}
	oldest := w.ends.prev
	oldest.unlink()
	delete(w.entries, oldest.id)
	return oldest
}

func (w *Window) linkFirst(e *entry) {
	e.prev, e.next = &w.ends, w.ends.next
	e.prev.next, e.next.prev = e, e
}

func (e *entry) unlink() {
	e.prev.next, e.next.prev = e.next, e.prev
}
