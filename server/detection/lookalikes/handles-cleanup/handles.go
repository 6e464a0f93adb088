// Package handles counts open handles, also those that were forgotten.
package handles

import (
	"runtime"
	"sync/atomic"
)

// Table counts the handles that are open.
type Table struct {
	open      atomic.Int64
	forgotten atomic.Int64
}

// Handle is something that has to be closed.
type Handle struct {
	name    string
	table   *Table
	cleanup runtime.Cleanup
}

// Open returns a handle. It is closed by the garbage collector if need be.
func (t *Table) Open(name string) *Handle {
	h := &Handle{name: name, table: t}
	t.open.Add(1)
	h.cleanup = runtime.AddCleanup(h, (*Table).collect, t)
	return h
}

func (t *Table) collect() {
	t.forgotten.Add(1)
	t.open.Add(-1)
}

// Name returns the name the handle was opened with.
func (h *Handle) Name() string { return h.name }

// Close closes the handle. It is called at most once.
func (h *Handle) Close() {
	h.cleanup.Stop()
	h.table.open.Add(-1)
	runtime.KeepAlive(h)
}
