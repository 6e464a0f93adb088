// Package journal appends lines to a slow device in the background.
package journal

import (
	"slices"
	"sync"
	"time"
)

// Journal writes one line at a time.
type Journal struct {
	busy  sync.Mutex // held from Append until the line is written
	lines []string
}

// Append starts to write a line. It waits only for the line before it.
func (j *Journal) Append(line string) {
	j.busy.Lock()
	go j.write(line)
}

// write owns j.busy, which Append has locked for it.
func (j *Journal) write(line string) {
	defer j.busy.Unlock()
	time.Sleep(time.Millisecond)
	j.lines = append(j.lines, line)
}

// Lines waits for the last line and returns all.
func (j *Journal) Lines() []string {
	j.busy.Lock()
	defer j.busy.Unlock()
	return slices.Clone(j.lines)
}
