package main

import (
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// exit is how a child ended and what it used.
type exit struct {
	status syscall.WaitStatus
	usage  syscall.Rusage
}

func (e exit) cpu() time.Duration {
	return time.Duration(e.usage.Utime.Nano() + e.usage.Stime.Nano())
}

// children starts processes and reaps them, the orphans of the program under test too: the first process of a sandbox
// inherits those.
type children struct {
	mu      sync.Mutex
	waiting map[int]chan exit
	// early holds ends of our own children that were reaped before start had registered them.
	early    map[int]exit
	starting int
	cpu      time.Duration
	maxRSS   int64
	wake     chan struct{}
}

func newChildren() *children {
	c := &children{waiting: map[int]chan exit{}, early: map[int]exit{}, wake: make(chan struct{}, 1)}
	go c.reap()
	return c
}

// command is a process to start: its files are standard input, output, error and then 3, 4, ….
type command struct {
	path  string
	args  []string
	env   []string
	dir   string
	files []*os.File
}

// start starts a process in a group of its own and returns its id and where its end will be told.
func (c *children) start(cmd command) (int, <-chan exit, error) {
	fds := make([]uintptr, len(cmd.files))
	for i, file := range cmd.files {
		fds[i] = file.Fd()
	}
	c.mu.Lock()
	c.starting++
	c.mu.Unlock()
	pid, err := syscall.ForkExec(cmd.path, cmd.args, &syscall.ProcAttr{
		Dir: cmd.dir, Env: cmd.env, Files: fds, Sys: &syscall.SysProcAttr{Setpgid: true},
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.starting--
	if err != nil {
		return 0, nil, err
	}
	killFirst(pid)
	ended := make(chan exit, 1)
	if end, gone := c.early[pid]; gone {
		delete(c.early, pid)
		ended <- end
	} else {
		c.waiting[pid] = ended
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
	return pid, ended, nil
}

// killFirst makes a process, and whatever it will start, the one that the kernel kills when memory runs out: it must not be
// us, who tell what happened. It has only just begun to start, so that it has no children yet.
func killFirst(pid int) {
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/oom_score_adj", pid), []byte("1000"), 0)
}

// reap waits for every child there is, for ever.
func (c *children) reap() {
	for {
		var end exit
		pid, err := syscall.Wait4(-1, &end.status, 0, &end.usage)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			// No child now: wait until one is started.
			<-c.wake
			continue
		}
		c.note(pid, end)
	}
}

func (c *children) note(pid int, end exit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cpu += end.cpu()
	c.maxRSS = max(c.maxRSS, end.usage.Maxrss<<10)
	if ended, ours := c.waiting[pid]; ours {
		delete(c.waiting, pid)
		ended <- end
	} else if c.starting > 0 {
		c.early[pid] = end
	}
}

// used returns what all children reaped so far took: CPU time in all, and the largest resident size of one in bytes.
func (c *children) used() (time.Duration, int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cpu, c.maxRSS
}

func (c *children) resetUsage() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cpu, c.maxRSS = 0, 0
	clear(c.early)
}

// killAll ends every process but ourselves and returns when none is left, or false after a while. One kill reaches
// all at once: the kernel holds back forks meanwhile, so that not even a fork bomb gets away.
func (c *children) killAll() bool {
	const patience = 2 * time.Second
	deadline := time.Now().Add(patience)
	for {
		if err := unix.Kill(-1, unix.SIGKILL); err == unix.ESRCH {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
		time.Sleep(200 * time.Microsecond)
	}
}
