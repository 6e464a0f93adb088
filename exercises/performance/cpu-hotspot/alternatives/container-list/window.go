// Package recent remembers which ids were seen lately.
package recent

import (
	"container/list"
	"sync"
)

// Window remembers the ids that were seen last. Its methods may be called by any number of goroutines.
type Window struct {
	size int

	mu    sync.RWMutex
	order *list.List // of ids; the one that was seen last is the first
	at    map[string]*list.Element
}

// New makes a window that remembers size ids, at least one.
func New(size int) *Window {
	return &Window{size: max(size, 1), order: list.New(), at: make(map[string]*list.Element)}
}

// Seen notes that id is seen now. It reports whether the window had it already.
func (w *Window) Seen(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e, ok := w.at[id]; ok {
		w.order.MoveToFront(e)
		return true
	}
	w.at[id] = w.order.PushFront(id)
	if w.order.Len() > w.size {
		delete(w.at, w.order.Remove(w.order.Back()).(string))
	}
	return false
}

// Recent returns the n ids that were seen last, or all if there are fewer. The latest is the first.
func (w *Window) Recent(n int) []string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var ids []string
	for e := w.order.Front(); e != nil && len(ids) < n; e = e.Next() {
		ids = append(ids, e.Value.(string))
	}
	return ids
}

// Len returns how many ids the window has.
func (w *Window) Len() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.order.Len()
}
