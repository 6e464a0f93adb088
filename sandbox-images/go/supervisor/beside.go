package main

import (
	"errors"
	"os"
	"path/filepath"
)

const (
	// besideDir is where the binary of another version is built, and lies while it runs.
	besideDir = workSpace + "/alt"
	// maxBeside versions are kept; each is at most as large as the work space.
	maxBeside = 2
)

// binaryDir is where the binary that a job builds or runs lies.
func (j *job) binaryDir() string {
	if j.Beside != "" {
		return besideDir
	}
	return binaryDir
}

// runBeside builds another version of the package whose binary was kept, and runs nothing.
func runBeside(j *job, out *frameWriter, children *children, kept *keptBinary) endedEvent {
	children.resetUsage()
	return finish(buildBeside(j, out, children, kept), children, kept)
}

// buildBeside keeps the binary in our memory, which no program can read: it may be of code that those that run in turn with
// it must not see, and none of them can change it.
func buildBeside(j *job, out *frameWriter, children *children, kept *keptBinary) endedEvent {
	if kept.path == "" || len(kept.beside) >= maxBeside {
		return lostAt("load", "there is nothing, or too much, to build this beside")
	}
	endLoad := out.stage("load")
	pkg, problem := loadPackage(j)
	endLoad(0)
	if problem != nil {
		return refusal(problem, out)
	}
	binary, outcome, stage := buildWithin(j, pkg, out, children)
	if outcome != "" {
		return endedEvent{Outcome: outcome, Stage: stage}
	}
	bytes, err := os.ReadFile(binary)
	if err != nil {
		return lostAt("link", err.Error())
	}
	if kept.beside == nil {
		kept.beside = map[string][]byte{}
	}
	kept.beside[j.Beside] = bytes
	return endedEvent{Outcome: "exited", Stage: "link"}
}

// ready is the path of the binary that a job asks for. One from our memory is written for this run; the sweep after it takes
// it away again.
func (k *keptBinary) ready(j *job) (string, error) {
	if j.Beside == "" && k.path != "" {
		return k.path, nil
	}
	bytes, known := k.beside[j.Beside]
	if !known {
		return "", errors.New("no binary was kept")
	}
	if err := os.MkdirAll(besideDir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(besideDir, filepath.Base(k.path))
	return path, os.WriteFile(path, bytes, 0o700)
}
