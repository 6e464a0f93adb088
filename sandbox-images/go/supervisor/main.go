// Command supervisor is the first process of a sandbox. It takes jobs as frames on standard input, does for each what
// `go test -race` does (load, compile, vet, generate the test main, link, run), enforces the job's limits, and reports
// as frames on standard output. Between jobs it removes everything that a job left behind.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "supervisor:", err)
		os.Exit(1)
	}
}

func serve() error {
	if err := harden(); err != nil {
		return err
	}
	version, err := os.ReadFile("/go/VERSION")
	if err != nil {
		return err
	}
	out := newFrameWriter(os.Stdout)
	children := newChildren()
	kept := &keptBinary{}
	out.event(readyEvent{Type: "ready", GoVersion: strings.TrimSpace(string(version))})
	for {
		job, err := readJob(os.Stdin)
		if err != nil {
			// The server closed our input or speaks another protocol: the sandbox ends with us.
			return nil
		}
		switch job.Type {
		case "test":
			out.event(runTest(job, out, children, kept))
		case "beside":
			out.event(runBeside(job, out, children, kept))
		case "again":
			out.event(runAgain(job, out, children, kept))
		case "format":
			out.event(formatJob(job.File))
		default:
			return fmt.Errorf("unknown job type %q", job.Type)
		}
		// A lease may wait long for its next job: what this one took goes back, while nobody waits for us.
		job = nil
		debug.FreeOSMemory()
	}
}
