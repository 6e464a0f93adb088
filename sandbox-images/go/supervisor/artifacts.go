package main

import (
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// artifactDir is where the program writes what is collected. What lies there was written by hostile code: it is read when
// all processes are dead, and is never evidence.
const artifactDir = workSpace + "/insight"

// artifact is a kind of file that package testing writes when it is told to. Package evidence writes the one without a
// flag (evidence/sample.go).
type artifact struct {
	flag string
	// rates make that something is seen in tests that take milliseconds.
	rates []string
	// tool of ours that the file goes through: what it writes is sent in the file's place.
	tool string
	// maxBytes are sent of it. The other side is MAX_ARTIFACT_BYTES in server/protocol/src/insight.ts.
	maxBytes int64
}

const (
	maxProfileBytes = 1 << 20
	maxTraceBytes   = 8 << 20
)

// artifacts by kind. The heap is sampled every 4 KiB, not every 512: tests allocate little.
var artifacts = map[string]artifact{
	"cpu":       {"-test.cpuprofile", nil, "", maxProfileBytes},
	"heap":      {"-test.memprofile", []string{"-test.memprofilerate=4096"}, "", maxProfileBytes},
	"block":     {"-test.blockprofile", []string{"-test.blockprofilerate=1"}, "", maxProfileBytes},
	"mutex":     {"-test.mutexprofile", []string{"-test.mutexprofilefraction=1"}, "", maxProfileBytes},
	"trace":     {"-test.trace", nil, "timeline", maxTraceBytes},
	"goroutine": {"", nil, "", maxProfileBytes},
}

// prepareArtifacts makes an empty folder where something is to be collected.
func prepareArtifacts(kinds []string) error {
	if len(kinds) == 0 {
		return nil
	}
	if err := removeTree(artifactDir); err != nil {
		return err
	}
	return os.Mkdir(artifactDir, 0o700)
}

func artifactArguments(kinds []string) []string {
	var args []string
	for _, kind := range kinds {
		if a := artifacts[kind]; a.flag != "" {
			args = append(append(args, a.flag+"="+artifactDir+"/"+kind), a.rates...)
		}
	}
	return args
}

// sendArtifacts sends what the program has written. Nothing of it runs any more, so that nothing changes while it is read.
func sendArtifacts(j *job, out *frameWriter, children *children) {
	kinds := j.Collect
	if len(kinds) == 0 {
		return
	}
	// The folder itself could have been replaced by a link to another one.
	dir, err := unix.Open(artifactDir, unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err == nil {
		defer unix.Close(dir)
	} else {
		dir = -1
	}
	for _, kind := range kinds {
		a, known := artifacts[kind]
		if !known {
			continue
		}
		out.event(collectingEvent{"collecting", kind})
		told := collectedEvent{Type: "collected", Kind: kind}
		file, problem := openArtifact(dir, kind)
		if file != nil {
			if a.tool == "" {
				told.Bytes, told.Cut = sendArtifact(file, a.maxBytes, out)
			} else {
				told.Bytes, told.Cut = sendThrough(a, file, j, out, children)
			}
			file.Close()
		} else {
			told.Problem = &problem
		}
		out.event(told)
	}
}

// openArtifact follows no link and waits for nobody: a FIFO without a writer is opened and refused.
func openArtifact(dir int, name string) (*os.File, string) {
	fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	switch {
	case err == unix.ENOENT || dir < 0:
		return nil, "missing"
	case err != nil:
		return nil, "not-a-file"
	}
	var stat syscall.Stat_t
	if syscall.Fstat(fd, &stat) != nil || stat.Mode&syscall.S_IFMT != syscall.S_IFREG {
		unix.Close(fd)
		return nil, "not-a-file"
	}
	return os.NewFile(uintptr(fd), name), ""
}

// sendArtifact sends at most so many bytes of a file, and tells how many and whether there are more.
func sendArtifact(file *os.File, most int64, out *frameWriter) (sent int, cut bool) {
	buffer := make([]byte, 32<<10)
	from := io.LimitReader(file, most+1)
	for {
		n, err := from.Read(buffer)
		keep := min(n, int(most)-sent)
		out.bytes(frameArtifact, buffer[:keep])
		sent += keep
		if keep < n {
			return sent, true
		}
		if err != nil {
			return sent, false
		}
	}
}
