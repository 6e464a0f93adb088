package main

import (
	"encoding/binary"

	"golang.org/x/exp/trace"
)

const (
	maxStrings     = 20_000
	maxStringBytes = 300
	maxStacks      = 20_000
	// maxFrames of one stack: the innermost ones are kept.
	maxFrames = 32
)

// index numbers things in the order in which they are first seen.
type index[K comparable] struct {
	missing   K
	all       []K
	positions map[K]int
}

func (x *index[K]) of(key K) int {
	if key == x.missing {
		return none
	}
	at, ok := x.positions[key]
	if !ok {
		at = len(x.all)
		x.positions[key] = at
		x.all = append(x.all, key)
	}
	return at
}

// tables hold each text and each stack once. What does not fit is missing where it is referred to.
type tables struct {
	strings   []string
	positions map[string]int
	// stacks are function, file, line of each frame, innermost first; the first two are strings.
	stacks [][]int
	// byHandle saves reading a stack again within the part of a trace that has it in common; byFrames finds it in the next part.
	byHandle map[trace.Stack]int
	byFrames map[string]int
}

func newTables() *tables {
	return &tables{positions: map[string]int{}, byHandle: map[trace.Stack]int{}, byFrames: map[string]int{}}
}

func (t *tables) text(s string) int {
	if len(s) > maxStringBytes {
		s = s[:maxStringBytes]
	}
	if at, ok := t.positions[s]; ok {
		return at
	}
	if len(t.strings) >= maxStrings {
		return none
	}
	t.positions[s] = len(t.strings)
	t.strings = append(t.strings, s)
	return len(t.strings) - 1
}

func (t *tables) stack(stack trace.Stack) int {
	if stack == trace.NoStack {
		return none
	}
	if at, ok := t.byHandle[stack]; ok {
		return at
	}
	at := t.add(stack)
	t.byHandle[stack] = at
	return at
}

func (t *tables) add(stack trace.Stack) int {
	var frames []int
	var key []byte
	for frame := range stack.Frames() {
		if len(frames) >= 3*maxFrames {
			break
		}
		// The reader's lines are 64 bits of whatever was written.
		line := int(min(frame.Line, 1<<24))
		for _, n := range []int{t.text(frame.Func), t.text(frame.File), line} {
			frames = append(frames, n)
			key = binary.AppendVarint(key, int64(n))
		}
	}
	if len(frames) == 0 {
		return none
	}
	if at, ok := t.byFrames[string(key)]; ok {
		return at
	}
	if len(t.stacks) >= maxStacks {
		return none
	}
	t.byFrames[string(key)] = len(t.stacks)
	t.stacks = append(t.stacks, frames)
	return len(t.stacks) - 1
}

// function is the name of a stack's innermost function.
func (t *tables) function(stack trace.Stack) int {
	for frame := range stack.Frames() {
		return t.text(frame.Func)
	}
	return none
}
