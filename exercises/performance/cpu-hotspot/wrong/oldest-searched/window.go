// Package recent remembers which ids were seen lately.
package recent

import "sync"

// Window remembers the ids that were seen last. Its methods may be called by any number of goroutines.
//
// Each sight gets a number and is appended to a log. What the map says of an id is its last number: older sights
// of the same id are stale, are skipped, and are swept out when there are as many of them as the window is large.
type Window struct {
	size int

	mu   sync.Mutex
	last map[string]uint64 // the number of the last sight
	log  []sight           // in order
	head int               // log[:head] is forgotten
	now  uint64
}

type sight struct {
	id     string
	number uint64
}

// New makes a window that remembers size ids, at least one.
func New(size int) *Window {
	return &Window{size: max(size, 1), last: make(map[string]uint64)}
}

// Seen notes that id is seen now. It reports whether the window had it already.
func (w *Window) Seen(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, had := w.last[id]
	w.now++
	w.last[id] = w.now
	w.log = append(w.log, sight{id, w.now})
	if len(w.last) > w.size {
		oldest := id
		for other, number := range w.last {
			if number < w.last[oldest] {
				oldest = other
			}
		}
		delete(w.last, oldest)
	}
	if len(w.log) >= 2*w.size+16 {
		w.sweep()
	}
	return had
}

// Recent returns the n ids that were seen last, or all if there are fewer. The latest is the first.
func (w *Window) Recent(n int) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids []string
	for i := len(w.log) - 1; i >= w.head && len(ids) < n; i-- {
		if w.isLast(w.log[i]) {
			ids = append(ids, w.log[i].id)
		}
	}
	return ids
}

// Len returns how many ids the window has.
func (w *Window) Len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.last)
}

func (w *Window) isLast(s sight) bool {
	return w.last[s.id] == s.number
}

// sweep takes everything that is stale out of the log.
func (w *Window) sweep() {
	kept := w.log[:0]
	for _, s := range w.log[w.head:] {
		if w.isLast(s) {
			kept = append(kept, s)
		}
	}
	clear(w.log[len(kept):])
	w.log, w.head = kept, 0
}
