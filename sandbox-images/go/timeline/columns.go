package main

import (
	"cmp"
	"slices"
)

// rawTimeline is written with a column for each field, because a hundred thousand objects would name their fields as often.
// Times are nanoseconds since the trace's begin; references count from 0, and -1 is none.
type rawTimeline struct {
	LengthNs   int64         `json:"lengthNs"`
	Cut        string        `json:"cut"`
	Procs      []int64       `json:"procs"`
	Threads    int           `json:"threads"`
	Strings    []string      `json:"strings"`
	Stacks     [][]int       `json:"stacks"`
	Goroutines goroutineRows `json:"goroutines"`
	Spans      spanRows      `json:"spans"`
	Ranges     spellRows     `json:"ranges"`
	Held       spellRows     `json:"held"`
	Handoffs   handoffRows   `json:"handoffs"`
}

type goroutineRows struct {
	ID      []int64 `json:"id"`
	Created []int64 `json:"created"`
	Ended   []int64 `json:"ended"`
	Creator []int   `json:"creator"`
	Stack   []int   `json:"stack"`
	Start   []int   `json:"start"`
}

// spanRows are in the order of their begin, which is written as the distance to the one before.
type spanRows struct {
	Begin     []int64 `json:"begin"`
	Length    []int64 `json:"length"`
	Goroutine []int   `json:"goroutine"`
	State     []int   `json:"state"`
	Proc      []int   `json:"proc"`
	Thread    []int   `json:"thread"`
	Reason    []int   `json:"reason"`
	Stack     []int   `json:"stack"`
	By        []int   `json:"by"`
}

type spellRows struct {
	Begin     []int64 `json:"begin"`
	Length    []int64 `json:"length"`
	Name      []int   `json:"name"`
	Goroutine []int   `json:"goroutine"`
	Proc      []int   `json:"proc"`
	Thread    []int   `json:"thread"`
}

type handoffRows struct {
	At        []int64 `json:"at"`
	Proc      []int   `json:"proc"`
	Goroutine []int   `json:"goroutine"`
}

func (f *fold) columns(cut string) rawTimeline {
	f.finish()
	procs := make([]int64, 0, len(f.procs.all))
	for _, id := range f.procs.all {
		procs = append(procs, int64(id))
	}
	slices.SortStableFunc(f.spans, func(a, b span) int { return cmp.Compare(a.begin, b.begin) })
	return rawTimeline{
		LengthNs: f.now, Cut: cut, Procs: procs, Threads: len(f.threads.all),
		Strings: orEmpty(f.tables.strings), Stacks: orEmpty(f.tables.stacks),
		Goroutines: rowsOfGoroutines(f.goroutines), Spans: rowsOfSpans(f.spans),
		Ranges: rowsOfSpells(f.ranges), Held: rowsOfSpells(f.held), Handoffs: rowsOfHandoffs(f.handoffs),
	}
}

func orEmpty[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// column takes one field out of all rows.
func column[R any, T any](rows []R, field func(R) T) []T {
	all := make([]T, len(rows))
	for i, row := range rows {
		all[i] = field(row)
	}
	return all
}

func rowsOfGoroutines(all []goroutine) goroutineRows {
	return goroutineRows{
		ID:      column(all, func(g goroutine) int64 { return g.id }),
		Created: column(all, func(g goroutine) int64 { return g.created }),
		Ended:   column(all, func(g goroutine) int64 { return g.ended }),
		Creator: column(all, func(g goroutine) int { return g.creator }),
		Stack:   column(all, func(g goroutine) int { return g.stack }),
		Start:   column(all, func(g goroutine) int { return g.start }),
	}
}

func rowsOfSpans(all []span) spanRows {
	before := int64(0)
	return spanRows{
		Begin: column(all, func(s span) int64 {
			distance := s.begin - before
			before = s.begin
			return distance
		}),
		Length:    column(all, func(s span) int64 { return s.length }),
		Goroutine: column(all, func(s span) int { return s.goroutine }),
		State:     column(all, func(s span) int { return s.state }),
		Proc:      column(all, func(s span) int { return s.proc }),
		Thread:    column(all, func(s span) int { return s.thread }),
		Reason:    column(all, func(s span) int { return s.reason }),
		Stack:     column(all, func(s span) int { return s.stack }),
		By:        column(all, func(s span) int { return s.by }),
	}
}

func rowsOfSpells(all []spell) spellRows {
	slices.SortStableFunc(all, func(a, b spell) int { return cmp.Compare(a.begin, b.begin) })
	return spellRows{
		Begin:     column(all, func(s spell) int64 { return s.begin }),
		Length:    column(all, func(s spell) int64 { return s.length }),
		Name:      column(all, func(s spell) int { return s.name }),
		Goroutine: column(all, func(s spell) int { return s.goroutine }),
		Proc:      column(all, func(s spell) int { return s.proc }),
		Thread:    column(all, func(s spell) int { return s.thread }),
	}
}

func rowsOfHandoffs(all []handoff) handoffRows {
	return handoffRows{
		At:        column(all, func(h handoff) int64 { return h.at }),
		Proc:      column(all, func(h handoff) int { return h.proc }),
		Goroutine: column(all, func(h handoff) int { return h.goroutine }),
	}
}
