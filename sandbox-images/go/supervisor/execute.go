package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// execution is one run of a test binary and everything that listens to it.
type execution struct {
	job      *job
	out      *frameWriter
	children *children
	pid      int
	watch    *watch
	// stderrKind is what bytes on descriptor 2 are: the program's, or the dump that we asked for.
	stderrKind atomic.Int32
	printed    atomic.Int64
	anomalies  []string
	dumps      int
	waits      int
	// lastLook is what the program told of itself shortly before its limit; nil where nothing stands there any more as it says.
	lastLook atomic.Pointer[[]byte]
	readers  sync.WaitGroup
}

const (
	// maxRaceBytes caps race reports, maxStderrDump the dump before a kill.
	maxRaceBytes  = 1 << 20
	maxStderrDump = 1 << 20
	// dumpTime is how long the program gets to print its goroutines before it is killed.
	dumpTime = 400 * time.Millisecond
)

// execute runs the binary as `go test` runs it and tells how it ended.
func execute(j *job, binary string, out *frameWriter, children *children) endedEvent {
	e := &execution{job: j, out: out, children: children}
	e.stderrKind.Store(frameStderr)
	if err := prepareArtifacts(j.Collect); err != nil {
		return endedEvent{Outcome: "sandbox-lost", Stage: "run", Anomalies: []string{err.Error()}}
	}
	endStage := out.stage("run")
	cpuBefore, _ := children.used()
	killsBefore := oomKills()
	end, err := e.runBinary(binary)
	cpuAfter, _ := children.used()
	endStage(cpuAfter - cpuBefore)
	if err != nil {
		return endedEvent{Outcome: "sandbox-lost", Stage: "run", Anomalies: []string{err.Error()}}
	}
	ended := endedEvent{Outcome: "exited", Stage: "run", Anomalies: e.anomalies}
	if cause := e.watch.cause(); cause != "" {
		ended.Outcome = cause
	} else if oomKills() > killsBefore {
		ended.Outcome = "out-of-memory"
	}
	if end.status.Exited() {
		code := end.status.ExitStatus()
		ended.ExitCode = &code
	} else if end.status.Signaled() {
		name := unix.SignalName(end.status.Signal())
		ended.Signal = &name
	}
	// After it is known how the run ended: what is read now has limits of its own.
	sendArtifacts(j, out, children)
	return ended
}

// pipes are what the program is connected to; each has our end and its end.
type pipes struct {
	null                        *os.File
	stdout, stdoutOfProgram     *os.File
	stderr, stderrOfProgram     *os.File
	evidence, evidenceOfProgram *os.File
}

func (p *pipes) closeProgramEnds() {
	for _, file := range []*os.File{p.null, p.stdoutOfProgram, p.stderrOfProgram, p.evidenceOfProgram} {
		if file != nil {
			file.Close()
		}
	}
}

func (p *pipes) closeOurEnds() {
	for _, file := range []*os.File{p.stdout, p.stderr, p.evidence} {
		if file != nil {
			file.Close()
		}
	}
}

func openPipes() (p *pipes, err error) {
	p = &pipes{}
	defer func() {
		if err != nil {
			p.closeProgramEnds()
			p.closeOurEnds()
		}
	}()
	if p.null, err = os.Open(os.DevNull); err != nil {
		return p, err
	}
	if p.stdout, p.stdoutOfProgram, err = os.Pipe(); err != nil {
		return p, err
	}
	if p.stderr, p.stderrOfProgram, err = os.Pipe(); err != nil {
		return p, err
	}
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return p, err
	}
	p.evidence = os.NewFile(uintptr(pair[0]), "evidence")
	p.evidenceOfProgram = os.NewFile(uintptr(pair[1]), "evidence of the program")
	return p, nil
}

func (e *execution) runBinary(binary string) (exit, error) {
	p, err := openPipes()
	if err != nil {
		return exit{}, err
	}
	defer p.closeOurEnds()
	var secret [secretBytes]byte
	rand.Read(secret[:])
	if _, err := p.evidence.Write(opening(secret, e.job)); err != nil {
		p.closeProgramEnds()
		return exit{}, err
	}
	pid, ended, err := e.children.start(command{
		path:  binary,
		args:  e.arguments(binary),
		env:   e.environment(),
		dir:   runDir,
		files: []*os.File{p.null, p.stdoutOfProgram, p.stderrOfProgram, p.evidenceOfProgram},
	})
	p.closeProgramEnds()
	if err != nil {
		return exit{}, fmt.Errorf("start the test binary: %w", err)
	}
	e.pid = pid
	races := e.openRaceLog()
	e.watch = startWatchWith(watchLimits{
		wall:   e.wall(),
		cpu:    time.Duration(e.job.Limits.RunCPUMs) * time.Millisecond,
		memory: e.job.Limits.MemoryBytes,
	}, e.dumpBeforeKill)
	defer e.watch.stop()
	e.readers.Go(func() { e.forward(p.stdout, frameStdout) })
	e.readers.Go(func() { e.forward(p.stderr, frameStderr) })
	e.readers.Go(func() { e.readEvidence(p.evidence, secret) })
	end := <-ended
	e.noteSurvivors()
	// Whatever the program left running holds our pipes open; its time is over.
	if !e.children.killAll() {
		e.anomalies = append(e.anomalies, "a process could not be killed")
	}
	races.finish()
	e.readers.Wait()
	return end, nil
}

// mostRepetitions are far more than fit into the time; package evidence ends them.
const mostRepetitions = "-test.count=100000"

// arguments are those of `go test`, and what is to be collected. Repetitions print as little as they can: nobody reads it.
func (e *execution) arguments(binary string) []string {
	args := []string{binary, "-test.paniconexit0", "-test.timeout=" + e.wall().String()}
	switch {
	case e.job.Benchtime != "":
		args = append(args, "-test.run=^$", "-test.bench=.", "-test.benchmem", "-test.benchtime="+e.job.Benchtime)
	case e.isRepeated():
		args = append(args, mostRepetitions)
	default:
		args = append(args, "-test.v=test2json")
	}
	return append(args, artifactArguments(e.job.Collect)...)
}

// isRepeated tells a run whose output nobody sees.
func (e *execution) isRepeated() bool { return e.job.RepeatMs > 0 }

// wall is how long the tests may run. package testing is told too, for t.Deadline: its alarm starts after our own clock,
// so that the end is ours; should it ring first on a busy machine, its panic is told as the same timeout.
func (e *execution) wall() time.Duration {
	return time.Duration(e.job.Limits.RunWallMs) * time.Millisecond
}

// usualProcessors is above the usual two cores of a sandbox, because some bugs never show with few.
const usualProcessors = 4

// environment of the program: what the race detector's report needs, and GOMAXPROCS.
func (e *execution) environment() []string {
	processors := usualProcessors
	if e.job.Processors > 0 {
		processors = e.job.Processors
	}
	environment := []string{
		"GORACE=log_path=" + raceDir + "/log history_size=7 atexit_sleep_ms=0",
		"GOMAXPROCS=" + strconv.Itoa(processors), "PATH=", "HOME=" + runDir, "TMPDIR=" + runDir, "PWD=" + runDir,
		"ZONEINFO=/go/zoneinfo.zip", "GOROOT=/usr/local/go",
	}
	if e.job.GCTrace {
		environment = append(environment, "GODEBUG=gctrace=1")
	}
	return environment
}

// noteSurvivors counts processes that outlive the program. They are killed; that there were any is told.
func (e *execution) noteSurvivors() {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	survivors := 0
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil && pid != 1 && !isZombie(pid) {
			survivors++
		}
	}
	if survivors > 0 {
		e.anomalies = append(e.anomalies, fmt.Sprintf("%d processes outlived the test binary and were killed", survivors))
	}
}

func isZombie(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == ')' {
			return i+2 < len(text) && text[i+2] == 'Z'
		}
	}
	return true
}

// forward sends what the program prints, cuts long lines, and ends the run when it is too much in all.
func (e *execution) forward(from *os.File, kind byte) {
	buffer := make([]byte, 16<<10)
	lines := &lineCutter{limit: int(e.job.Limits.LineBytes)}
	dumped := 0
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			switch {
			case kind == frameStderr && e.stderrKind.Load() == frameDump:
				keep := min(n, maxStderrDump-dumped)
				e.out.bytes(frameDump, buffer[:keep])
				dumped += keep
			case kind == frameStdout && e.isRepeated():
			case e.printed.Add(int64(n)) > e.job.Limits.OutputBytes:
				if !e.isRepeated() {
					e.watch.end("output-limit")
				}
			default:
				e.out.bytes(kind, lines.cut(buffer[:n]))
			}
		}
		if err != nil {
			return
		}
	}
}

// dumpBeforeKill tells where the goroutines stood before a timeout's kill: what the program told of them shortly before, or
// else what it prints when it is asked. It may refuse; the kill comes anyway.
func (e *execution) dumpBeforeKill(why string) {
	if why != "timeout" || e.tellLastLook() {
		return
	}
	e.out.event(dumpEvent{"dump", "timeout", "begin"})
	e.stderrKind.Store(frameDump)
	_ = unix.Kill(e.pid, unix.SIGQUIT)
	e.waitGone(dumpTime)
	e.out.event(dumpEvent{"dump", "timeout", "end"})
}

func (e *execution) waitGone(atMost time.Duration) {
	deadline := time.Now().Add(atMost)
	for time.Now().Before(deadline) && !isZombie(e.pid) {
		time.Sleep(5 * time.Millisecond)
	}
	// What it printed last is still in the pipe.
	time.Sleep(10 * time.Millisecond)
}

// raceLog is the FIFO under the exact name that the race detector will open: reports arrive while the program runs and
// cannot be taken back.
type raceLog struct {
	write *os.File
	done  sync.WaitGroup
	e     *execution
}

// openRaceLog runs after the program has been started, because its number is part of the name. The race detector opens
// its log at the first report, long after the few microseconds that this takes; should a file be there already, it is
// read at the end like those of child processes.
func (e *execution) openRaceLog() *raceLog {
	log := &raceLog{e: e}
	name := fmt.Sprintf("%s/log.%d", raceDir, e.pid)
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		return log
	}
	read, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return log
	}
	// Our own writing end keeps the FIFO from ending between two reports.
	write, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		read.Close()
		return log
	}
	log.write = write
	log.done.Go(func() {
		defer read.Close()
		forwardRaces(read, e.out)
	})
	return log
}

func forwardRaces(from io.Reader, out *frameWriter) {
	buffer := make([]byte, 16<<10)
	sent := 0
	for {
		n, err := from.Read(buffer)
		keep := min(n, maxRaceBytes-sent)
		out.bytes(frameRace, buffer[:keep])
		sent += keep
		if err != nil {
			return
		}
	}
}

// finish reads what is left, and the logs of other processes of the program.
func (r *raceLog) finish() {
	if r.write != nil {
		r.write.Close()
		r.done.Wait()
	}
	own := fmt.Sprintf("log.%d", r.e.pid)
	entries, _ := os.ReadDir(raceDir)
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			r.readFile(raceDir+"/"+entry.Name(), entry.Name() == own)
		}
	}
}

func (r *raceLog) readFile(name string, own bool) {
	file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if !own {
		r.e.anomalies = append(r.e.anomalies, "another process of the program wrote a race log")
	}
	forwardRaces(io.LimitReader(file, maxRaceBytes), r.e.out)
}
