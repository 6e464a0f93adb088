package main

import (
	"bytes"
	"os"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// watchLimits bound everything that runs in the sandbox beside the supervisor. Zero means no limit.
type watchLimits struct {
	wall, cpu time.Duration
	memory    int64
}

// lookInterval is how often processes are looked at. Memory is limited by the kernel where it can be; looking is the
// limit where it cannot, and CPU time's only limit over several processes.
const lookInterval = 25 * time.Millisecond

// watch kills all processes of the sandbox when a limit is passed, and knows which.
type watch struct {
	mu      sync.Mutex
	why     string
	done    chan struct{}
	stopped sync.WaitGroup
	// passed is closed when a limit is passed.
	passed chan struct{}
	// beforeKill runs between the moment a limit is passed and the kill.
	beforeKill func(why string)
}

func startWatch(limits watchLimits) *watch { return startWatchWith(limits, nil) }

func startWatchWith(limits watchLimits, beforeKill func(string)) *watch {
	w := &watch{done: make(chan struct{}), passed: make(chan struct{}), beforeKill: beforeKill}
	w.stopped.Go(func() { w.run(limits) })
	return w
}

func (w *watch) run(limits watchLimits) {
	deadline := time.NewTimer(limits.wall)
	defer deadline.Stop()
	look := time.NewTicker(lookInterval)
	defer look.Stop()
	for {
		select {
		case <-w.done:
			return
		case <-deadline.C:
			w.end("timeout")
			return
		case <-look.C:
			cpu, memory := processUsage()
			switch {
			case limits.cpu > 0 && cpu > limits.cpu:
				w.end("timeout")
				return
			case limits.memory > 0 && memory > limits.memory:
				w.end("out-of-memory")
				return
			}
		}
	}
}

// end records the first cause and kills everything.
func (w *watch) end(why string) {
	w.mu.Lock()
	first := w.why == ""
	if first {
		w.why = why
		close(w.passed)
	}
	w.mu.Unlock()
	if !first {
		return
	}
	if w.beforeKill != nil {
		w.beforeKill(why)
	}
	_ = unix.Kill(-1, unix.SIGKILL)
}

func (w *watch) cause() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.why
}

func (w *watch) stop() {
	close(w.done)
	w.stopped.Wait()
}

// processUsage sums CPU time and resident memory in bytes over all processes but ourselves.
func processUsage() (cpu time.Duration, memory int64) {
	proc, err := os.Open("/proc")
	if err != nil {
		return 0, 0
	}
	defer proc.Close()
	names, _ := proc.Readdirnames(-1)
	for _, name := range names {
		// A process's own folder is not listed: the kernel takes ten times as long for that as for its stat.
		if pid, err := strconv.Atoi(name); err == nil && pid != 1 {
			c, m := statUsage("/proc/" + name + "/stat")
			cpu += c
			memory += m
		}
	}
	return cpu, memory
}

// statUsage reads fields 14–17 (clock ticks of the process and of its reaped children) and 24 (resident pages) of
// proc(5)'s stat. The command's name, field 2, is in parentheses and may hold anything.
func statUsage(name string) (time.Duration, int64) {
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux
	text, err := os.ReadFile(name)
	if err != nil {
		return 0, 0
	}
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	const first = 3 // number of the first field after the name
	if len(fields) <= 24-first {
		return 0, 0
	}
	number := func(field int) int64 {
		n, _ := strconv.ParseInt(string(fields[field-first]), 10, 64)
		return n
	}
	ticks := number(14) + number(15) + number(16) + number(17)
	return time.Duration(ticks) * tick, number(24) * int64(os.Getpagesize())
}

// oomKills counts the kernel's out-of-memory kills in this sandbox; 0 where no control group tells.
func oomKills() int {
	for _, name := range []string{"/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"} {
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		for line := range bytes.Lines(text) {
			if rest, ok := bytes.CutPrefix(line, []byte("oom_kill ")); ok {
				n, _ := strconv.Atoi(string(bytes.TrimSpace(rest)))
				return n
			}
		}
	}
	return 0
}
