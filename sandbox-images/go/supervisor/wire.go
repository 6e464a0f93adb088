package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// Frames: payload length (4 bytes, big-endian), kind (1 byte), payload. The other side and the shapes of all events
// are server/protocol/src/job.ts.
const (
	frameJSON   = 1
	frameStdout = 2
	frameStderr = 3
	frameRace   = 4
	frameDump   = 5
	// frameArtifact carries a collected file, between the events collecting and collected.
	frameArtifact = 6
)

// maxJobBytes caps a job: the source limit, the judge's own files and JSON's escapes.
const maxJobBytes = 4 << 20

type job struct {
	Type       string
	ImportPath string
	GoVersion  string
	Files      []jobFile
	Rules      rules
	Race       bool
	// Reference are the files of a second package that the judge's external tests may import.
	Reference []jobFile
	VetTests  bool
	Limits    limits
	File      jobFile
	// Processors is GOMAXPROCS of the run; 0 is the usual number.
	Processors int
	// Seed of the order in which goroutines give way to each other; 0 leaves it to the scheduler.
	Seed uint32
	// Keep the test binary for jobs of type "again".
	Keep bool
	// Collect names the files that the run is to write for us: see artifacts.go.
	Collect []string
	// RepeatMs is for how long all tests are repeated, in one process, for what is collected; 0 is once, as usual.
	RepeatMs uint16
	// Beside names another version of the package: a job of type "beside" builds and keeps it, one of type "again" runs it in
	// place of the kept binary.
	Beside string
	// Benchtime is for how long each benchmark runs, as -test.benchtime has it. Where it is empty the tests run.
	Benchtime string
	// Escapes asks the compiler what goes to the heap, GCTrace the collector for a line on each of its rounds.
	Escapes, GCTrace bool
}

type jobFile struct{ Name, Text, Owner string }

func (f jobFile) isCandidates() bool { return f.Owner == "candidate" }

func (f jobFile) isHidden() bool { return f.Owner == "hidden" }

type rules struct {
	// Imports lists what the candidate's files may import; nil allows everything importable.
	Imports []string
	// Strict refuses what hides code from the judge.
	Strict bool
}

type limits struct {
	BuildWallMs, RunWallMs, RunCPUMs    int64
	MemoryBytes, OutputBytes, LineBytes int64
	Processes, WorkFiles, WorkBytes     int64
}

type readyEvent struct {
	Type      string `json:"type"`
	GoVersion string `json:"goVersion"`
}

type rejectedEvent struct {
	Type    string `json:"type"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type leftOutEvent struct {
	Type    string `json:"type"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

type stageEvent struct {
	Type  string  `json:"type"`
	Stage string  `json:"stage"`
	State string  `json:"state"`
	Ms    float64 `json:"ms,omitempty"`
	CPUMs float64 `json:"cpuMs,omitempty"`
}

// textEvent carries the words of others: `compiler` with its stage, `vet`, `escapes` of the compiler, or `waits` of package
// evidence.
type textEvent struct {
	Type  string `json:"type"`
	Stage string `json:"stage,omitempty"`
	Text  string `json:"text"`
}

type planEvent struct {
	Type  string        `json:"type"`
	Tests []plannedTest `json:"tests"`
	Loops []loopEvent   `json:"loops"`
}

type plannedTest struct {
	Name   string `json:"name"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Hidden bool   `json:"hidden"`
}

type evidenceEvent struct {
	Type       string `json:"type"`
	Event      string `json:"event"`
	Test       string `json:"test,omitempty"`
	Status     string `json:"status,omitempty"`
	Races      *int   `json:"races,omitempty"`
	Goroutines *int   `json:"goroutines,omitempty"`
	Leaked     *int   `json:"leaked,omitempty"`
}

type dumpEvent struct {
	Type   string `json:"type"`
	Reason string `json:"reason"`
	State  string `json:"state"`
}

type collectingEvent struct {
	Type string `json:"type"`
	Kind string `json:"kind"`
}

type collectedEvent struct {
	Type    string  `json:"type"`
	Kind    string  `json:"kind"`
	Bytes   int     `json:"bytes"`
	Cut     bool    `json:"cut"`
	Problem *string `json:"problem"`
}

type formattedEvent struct {
	Type   string  `json:"type"`
	Text   *string `json:"text"`
	Errors string  `json:"errors"`
}

type endedEvent struct {
	Type        string   `json:"type"`
	Outcome     string   `json:"outcome"`
	Stage       string   `json:"stage"`
	ExitCode    *int     `json:"exitCode"`
	Signal      *string  `json:"signal"`
	CPUMs       float64  `json:"cpuMs"`
	MaxRSSBytes int64    `json:"maxRssBytes"`
	Anomalies   []string `json:"anomalies"`
	Clean       bool     `json:"clean"`
}

func readJob(from io.Reader) (*job, error) {
	var head [5]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:4])
	if length > maxJobBytes || head[4] != frameJSON {
		return nil, fmt.Errorf("not a job: kind %d, %d bytes", head[4], length)
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(from, payload); err != nil {
		return nil, err
	}
	j := new(job)
	if err := json.Unmarshal(payload, j); err != nil {
		return nil, err
	}
	return j, nil
}

// frameWriter writes whole frames, from any goroutine. A slow reader slows the writer: nothing is buffered here.
type frameWriter struct {
	mu sync.Mutex
	to io.Writer
}

func newFrameWriter(to io.Writer) *frameWriter { return &frameWriter{to: to} }

func (w *frameWriter) event(event any) {
	payload, err := json.Marshal(event)
	if err != nil {
		panic(err) // our own structs
	}
	w.frame(frameJSON, payload)
}

func (w *frameWriter) frame(kind byte, payload []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	frame := make([]byte, 0, 5+len(payload))
	frame = binary.BigEndian.AppendUint32(frame, uint32(len(payload)))
	frame = append(frame, kind)
	frame = append(frame, payload...)
	// A failed write means that the server is gone; reading the next job then ends us.
	_, _ = w.to.Write(frame)
}

func (w *frameWriter) bytes(kind byte, payload []byte) {
	const maxFrame = 32 << 10
	for len(payload) > 0 {
		n := min(len(payload), maxFrame)
		w.frame(kind, payload[:n])
		payload = payload[n:]
	}
}

func (w *frameWriter) dump(reason string, dump []byte) {
	w.event(dumpEvent{"dump", reason, "begin"})
	w.bytes(frameDump, dump)
	w.event(dumpEvent{"dump", reason, "end"})
}

// stage reports a stage's begin, and its end when the returned function is called with the CPU time it took.
func (w *frameWriter) stage(name string) func(cpu time.Duration) {
	begin := time.Now()
	w.event(stageEvent{Type: "stage", Stage: name, State: "begin"})
	return func(cpu time.Duration) {
		w.event(stageEvent{"stage", name, "end", milliseconds(time.Since(begin)), milliseconds(cpu)})
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
