package main

import (
	"time"

	"golang.org/x/exp/trace"
)

const (
	// maxRows caps everything that has a row of its own: spans, ranges, times during which a thread holds a P, handoffs.
	maxRows = 200_000
	// maxEvents caps what is read for them: most of a trace's events have no row.
	maxEvents     = 2_000_000
	maxGoroutines = 50_000
	maxProcs      = 256
	maxThreads    = 4096
	// maxLength is more than any run may take: a clock that goes further was made up.
	maxLength = 10 * time.Minute
)

// The states of a goroutine, as they are written. Nothing else has a span.
const (
	stateRunnable = 0
	stateRunning  = 1
	stateWaiting  = 2
	stateSyscall  = 3
)

// none stands for a reference that is missing.
const none = -1

// goroutine is a row of the goroutines' columns, and what it does now.
type goroutine struct {
	id             int64
	created, ended int64
	creator        int
	// stack of the `go` statement, start function
	stack, start int
	now          span
	has          bool
}

// span is a time during which a goroutine was in one state. Of one that is runnable, `by` and `stack` tell who made it so, and
// where; of others the stack is where it stopped running.
type span struct {
	begin, length int64
	goroutine     int
	state         int
	// proc and thread where it runs; where it is not running, those on which that began.
	proc, thread      int
	reason, stack, by int
}

// spell is a time of something beside the states of goroutines: a range of the runtime, or a thread that holds a P.
type spell struct {
	begin, length                 int64
	name, goroutine, proc, thread int
}

// handoff is the moment at which a P was taken from a thread in a system call.
type handoff struct {
	at              int64
	proc, goroutine int
}

type rangeKey struct {
	name  string
	scope trace.ResourceID
}

// fold makes rows of a trace's events, in one pass.
type fold struct {
	start, now int64
	begun      bool
	events     int
	tables     *tables
	goroutines []goroutine
	// doing counts those that have a span under way.
	doing    int
	byID     map[trace.GoID]int
	procs    index[trace.ProcID]
	threads  index[trace.ThreadID]
	spans    []span
	ranges   []spell
	open     map[rangeKey]spell
	held     []spell
	holding  map[int]spell
	handoffs []handoff
	// inSyscall has by P who left it there when it went into the kernel.
	inSyscall map[int]int
}

func newFold() *fold {
	return &fold{
		tables: newTables(), byID: map[trace.GoID]int{}, open: map[rangeKey]spell{},
		procs:     index[trace.ProcID]{missing: trace.NoProc, positions: map[trace.ProcID]int{}},
		threads:   index[trace.ThreadID]{missing: trace.NoThread, positions: map[trace.ThreadID]int{}},
		holding:   map[int]spell{},
		inSyscall: map[int]int{},
	}
}

// add takes in one event. It returns the word for what makes it the last one.
func (f *fold) add(event trace.Event) string {
	if !f.tick(int64(event.Time())) {
		return "clock"
	}
	switch event.Kind() {
	case trace.EventStateTransition:
		transition := event.StateTransition()
		switch transition.Resource.Kind {
		case trace.ResourceGoroutine:
			f.goroutine(event, transition)
		case trace.ResourceProc:
			f.proc(event, transition)
		}
	case trace.EventRangeBegin, trace.EventRangeActive:
		f.beginRange(event)
	case trace.EventRangeEnd:
		f.endRange(event.Range())
	}
	return f.full()
}

func (f *fold) tick(at int64) bool {
	if !f.begun {
		f.start, f.begun = at, true
	}
	since := at - f.start
	if since < f.now || since > int64(maxLength) {
		return false
	}
	f.now = since
	return true
}

func (f *fold) full() string {
	f.events++
	rows := len(f.spans) + len(f.ranges) + len(f.held) + len(f.handoffs)
	// What still goes on gets its row at the end.
	open := f.doing + len(f.open) + len(f.holding)
	switch {
	case rows+open >= maxRows || f.events >= maxEvents:
		return "events"
	case len(f.goroutines) >= maxGoroutines:
		return "goroutines"
	case len(f.procs.all) >= maxProcs || len(f.threads.all) >= maxThreads:
		return "processors"
	}
	return ""
}

func (f *fold) known(id trace.GoID) int {
	if id == trace.NoGoroutine {
		return none
	}
	at, ok := f.byID[id]
	if !ok {
		at = len(f.goroutines)
		f.byID[id] = at
		f.goroutines = append(f.goroutines, goroutine{id: int64(id), created: none, ended: none, creator: none, stack: none, start: none})
	}
	return at
}

func (f *fold) goroutine(event trace.Event, transition trace.StateTransition) {
	from, to := transition.Goroutine()
	at := f.known(transition.Resource.Goroutine())
	if from == to && f.goroutines[at].has {
		return
	}
	next := span{
		begin: f.now, goroutine: at, state: stateOf(to),
		proc: f.procs.of(event.Proc()), thread: f.threads.of(event.Thread()),
		reason: none, stack: none, by: none,
	}
	if transition.Reason != "" {
		next.reason = f.tables.text(transition.Reason)
	}
	if from == trace.GoUndetermined {
		// It was so when the trace began, and nobody had touched it since.
		next.begin = 0
	}
	switch {
	case to == trace.GoRunnable:
		next.stack, next.by = f.tables.stack(event.Stack()), f.other(event, at)
	case to == trace.GoWaiting || to == trace.GoSyscall:
		next.stack = f.tables.stack(transition.Stack)
	}
	if from == trace.GoNotExist {
		f.born(at, next, transition)
	}
	f.close(at)
	f.noteSyscall(next, from, to)
	g := &f.goroutines[at]
	if to == trace.GoNotExist {
		g.ended = f.now
	} else if next.state != none {
		g.now, g.has = next, true
		f.doing++
	}
}

// born notes who made a goroutine, where, and what it runs.
func (f *fold) born(at int, first span, transition trace.StateTransition) {
	g := &f.goroutines[at]
	g.created, g.creator, g.stack = f.now, first.by, first.stack
	g.start = f.tables.function(transition.Stack)
}

// other is the goroutine that did this to another one.
func (f *fold) other(event trace.Event, at int) int {
	if by := f.known(event.Goroutine()); by != at {
		return by
	}
	return none
}

func (f *fold) noteSyscall(next span, from, to trace.GoState) {
	if to == trace.GoSyscall && next.proc != none {
		f.inSyscall[next.proc] = next.goroutine
	}
	if from == trace.GoSyscall {
		for proc, g := range f.inSyscall {
			if g == next.goroutine {
				delete(f.inSyscall, proc)
			}
		}
	}
}

func (f *fold) close(at int) {
	g := &f.goroutines[at]
	if !g.has {
		return
	}
	g.has = false
	f.doing--
	g.now.length = f.now - g.now.begin
	f.spans = append(f.spans, g.now)
}

func (f *fold) proc(event trace.Event, transition trace.StateTransition) {
	from, to := transition.Proc()
	at := f.procs.of(transition.Resource.Proc())
	if from == to {
		return
	}
	if holding, ok := f.holding[at]; ok {
		delete(f.holding, at)
		holding.length = f.now - holding.begin
		f.held = append(f.held, holding)
	}
	if to == trace.ProcRunning {
		begin := f.now
		if from == trace.ProcUndetermined {
			begin = 0
		}
		f.holding[at] = spell{begin: begin, name: none, goroutine: none, proc: at, thread: f.threads.of(event.Thread())}
	}
	if g, ok := f.inSyscall[at]; ok && to == trace.ProcIdle {
		delete(f.inSyscall, at)
		f.handoffs = append(f.handoffs, handoff{f.now, at, g})
	}
}

func (f *fold) beginRange(event trace.Event) {
	r := event.Range()
	key := rangeKey{r.Name, r.Scope}
	if _, ok := f.open[key]; ok {
		return
	}
	one := spell{begin: f.now, name: f.tables.text(r.Name), goroutine: none, proc: none, thread: none}
	switch r.Scope.Kind {
	case trace.ResourceGoroutine:
		one.goroutine = f.known(r.Scope.Goroutine())
	case trace.ResourceProc:
		one.proc = f.procs.of(r.Scope.Proc())
	}
	f.open[key] = one
}

func (f *fold) endRange(r trace.Range) {
	key := rangeKey{r.Name, r.Scope}
	if one, ok := f.open[key]; ok {
		delete(f.open, key)
		one.length = f.now - one.begin
		f.ranges = append(f.ranges, one)
	}
}

// finish ends what still goes on at the trace's end.
func (f *fold) finish() {
	for at := range f.goroutines {
		f.close(at)
	}
	for _, one := range f.open {
		one.length = f.now - one.begin
		f.ranges = append(f.ranges, one)
	}
	for _, one := range f.holding {
		one.length = f.now - one.begin
		f.held = append(f.held, one)
	}
}

func stateOf(state trace.GoState) int {
	switch state {
	case trace.GoRunnable:
		return stateRunnable
	case trace.GoRunning:
		return stateRunning
	case trace.GoWaiting:
		return stateWaiting
	case trace.GoSyscall:
		return stateSyscall
	}
	return none
}
