package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed runtime/points_race.go.txt
var pointsSource string

//go:embed runtime/points_norace.go.txt
var noPointsSource string

// edit is one change in a file of the toolchain: after anchor, which stands there once, comes text. It stays on anchor's
// line, so that the lines that stacks show are those of the toolchain.
type edit struct{ file, anchor, text string }

// Package race is used within these conditions anyway, and so in programs with the race detector only.
const (
	inRuntime = " if raceenabled { gosandboxPoint() }"
	inSync    = " if race.Enabled { race.Point() }"
	importing = " \"internal/race\";"
)

// pointEdits put a point where a goroutine is about to do something that others can notice, or has just let go of a lock,
// and note locks that are taken and let go.
func pointEdits() []edit {
	const (
		channel   = "src/runtime/chan.go"
		proc      = "src/runtime/proc.go"
		collector = "src/runtime/mgc.go"
		mutex     = "src/internal/sync/mutex.go"
		rw        = "src/sync/rwmutex.go"
		group     = "src/sync/waitgroup.go"
		cond      = "src/sync/cond.go"
		once      = "src/sync/once.go"
		types     = "src/sync/atomic/type.go"
		value     = "src/sync/atomic/value.go"
	)
	const (
		locks   = " race.Hold(unsafe.Pointer(m), false)"
		reads   = " race.Hold(unsafe.Pointer(rw), true)"
		unlocks = " race.LetGo(unsafe.Pointer(m))"
		leaves  = " race.LetGo(unsafe.Pointer(rw))"
	)
	return []edit{
		{channel, "func chansend(c *hchan, ep unsafe.Pointer, block bool, callerpc uintptr) bool {", inRuntime},
		{channel, "func chanrecv(c *hchan, ep unsafe.Pointer, block bool) (selected, received bool) {", inRuntime},
		{channel, "func closechan(c *hchan) {", inRuntime},
		{"src/runtime/select.go", "nsends, nrecvs int, block bool) (int, bool) {", inRuntime},
		{"src/runtime/runtime2.go", "\tparentGoid      uint64", "; gosandbox gosandboxG"},
		{proc, "func gdestroy(gp *g) {", " gosandboxEnd(gp);"},
		{proc, "\t\tnewg.racectx = racegostart(callerpc)", "; gosandboxShiftMemory(newg)"},
		{proc, "\t\trunqput(pp, newg, true)\n\n\t\tif mainStarted {\n\t\t\twakep()\n\t\t}\n\t})", ";" + inRuntime},

		{collector, "for sg := gp.waiting; sg != nil; sg = sg.waitlink {\n\t\t\tif ", "!gosandboxIsOfTimer(sg.c.get()) && "},
		{collector, "\t\tgp := work.stackRoots[i]\n", "\t\tif gosandboxNote(gp) { continue };"},

		{mutex, "func (m *Mutex) Lock() {", inSync + ";"},
		{mutex, "if atomic.CompareAndSwapInt32(&m.state, 0, mutexLocked) {\n\t\tif race.Enabled {", locks},
		{mutex, "\t\treturn false\n\t}\n\n\tif race.Enabled {", locks},
		{mutex, "\t\t\told = m.state\n\t\t}\n\t}\n\n\tif race.Enabled {", locks},
		{mutex, "\t\trace.Release(unsafe.Pointer(m))", ";" + unlocks},
		{mutex, "\t\tm.unlockSlow(new)\n\t}", ";" + inSync},

		{rw, "func (rw *RWMutex) RLock() {", inSync + ";"},
		{rw, "\t\truntime_SemacquireRWMutexR(&rw.readerSem, false, 0)\n\t}\n\tif race.Enabled {", reads},
		{rw, "\t\tif rw.readerCount.CompareAndSwap(c, c+1) {\n\t\t\tif race.Enabled {", reads},
		{rw, "func (rw *RWMutex) RUnlock() {\n\tif race.Enabled {", leaves},
		{rw, "\t\trw.rUnlockSlow(r)\n\t}\n\tif race.Enabled {\n\t\trace.Enable()", "; race.Point()"},

		{group, "func (wg *WaitGroup) Add(delta int) {", inSync + ";"},
		{group, "func (wg *WaitGroup) Wait() {", inSync + ";"},
		{cond, "import (", importing},
		{cond, "func (c *Cond) Wait() {", " if race.Enabled { race.WaitPoint() };"},
		{cond, "func (c *Cond) Signal() {", inSync + ";"},
		{cond, "func (c *Cond) Broadcast() {", inSync + ";"},
		{once, "import (", importing},
		{once, "func (o *Once) Do(f func()) {", inSync + ";"},

		{types, "import \"unsafe\"", "; import \"internal/race\""},
		{value, "import (", importing},
		{value, "func (v *Value) Load() (val any) {", inSync + ";"},
		{value, "func (v *Value) Store(val any) {", inSync + ";"},
		{value, "func (v *Value) Swap(new any) (old any) {", inSync + ";"},
		{value, "func (v *Value) CompareAndSwap(old, new any) (swapped bool) {", inSync + ";"},
	}
}

// atomicMethod is the head of a method of one of package atomic's types.
var atomicMethod = regexp.MustCompile(`(?m)^func \(x \*[\w\[\]]+\) [A-Z]\w*\(.*\{`)

// raceFunctions are added to internal/race, through which package sync speaks to the runtime.
var raceFunctions = map[string]string{
	"src/internal/race/race.go": "\n//go:linkname Point\nfunc Point()\n\n//go:linkname WaitPoint\nfunc WaitPoint()\n\n//go:linkname Hold\nfunc Hold(addr unsafe.Pointer, reading bool)\n\n" +
		"//go:linkname LetGo\nfunc LetGo(addr unsafe.Pointer)\n",
	"src/internal/race/norace.go": "\nfunc Point() {}\n\nfunc WaitPoint() {}\n\nfunc Hold(addr unsafe.Pointer, reading bool) {}\n\nfunc LetGo(addr unsafe.Pointer) {}\n",
}

// changePoints makes the operations of channels, locks and wait groups points (decision 0028) and tries whether that
// compiles. A toolchain that it does not fit is left as it is.
func (o *overlay) changePoints() (bool, error) {
	before := len(o.replace)
	texts, err := o.pointTexts()
	if err != nil {
		fmt.Fprintln(os.Stderr, "this toolchain is not the one we know, so that schedules will not be perturbed:", err)
		return false, nil
	}
	texts["src/runtime/gosandbox_points_race.go"] = pointsSource
	texts["src/runtime/gosandbox_points_norace.go"] = noPointsSource
	for name, text := range texts {
		if err := o.put(name, text); err != nil {
			return false, err
		}
	}
	if len(o.replace) != before+len(texts) {
		return false, fmt.Errorf("two changes of one file")
	}
	if err := o.use(); err != nil {
		return false, err
	}
	if err := run([]string{"CGO_ENABLED=1"}, "go", "list", "-race", "-export", "-f", "{{.Export}}", "runtime", "sync"); err != nil {
		fmt.Fprintln(os.Stderr, "this toolchain is not the one we know, so that schedules will not be perturbed:", err)
		for name := range texts {
			delete(o.replace, filepath.Join(o.root, name))
		}
		return false, nil
	}
	return true, nil
}

// pointTexts are the changed files, by name.
func (o *overlay) pointTexts() (map[string]string, error) {
	texts := map[string]string{}
	textOf := func(name string) (string, error) {
		if text, ok := texts[name]; ok {
			return text, nil
		}
		text, err := os.ReadFile(filepath.Join(o.root, name))
		return string(text), err
	}
	for _, edit := range pointEdits() {
		text, err := textOf(edit.file)
		if err != nil {
			return nil, err
		}
		if strings.Count(text, edit.anchor) != 1 {
			return nil, fmt.Errorf("%s has not one %q", edit.file, edit.anchor)
		}
		texts[edit.file] = strings.Replace(text, edit.anchor, edit.anchor+edit.text, 1)
	}
	const types = "src/sync/atomic/type.go"
	texts[types] = atomicMethod.ReplaceAllString(texts[types], "${0}"+inSync+";")
	for name, functions := range raceFunctions {
		text, err := textOf(name)
		if err != nil {
			return nil, err
		}
		texts[name] = text + functions
	}
	return texts, nil
}
