package main

import (
	"os"
	"time"
)

// keptBinary is the test binary of a job that asked for it to be kept. It is empty where there is none.
type keptBinary struct {
	path string
	plan planEvent
	// beside are the binaries of other versions of its package, by name.
	beside map[string][]byte
}

// folders that are not swept.
func (k *keptBinary) folders() []string {
	if k.path == "" {
		return nil
	}
	return []string{binaryDir}
}

// runTest does one job from sources to its end and leaves an empty sandbox behind, but for a binary that is to be kept.
func runTest(j *job, out *frameWriter, children *children, kept *keptBinary) endedEvent {
	children.resetUsage()
	if kept.path != "" {
		*kept = keptBinary{}
		if err := removeAllBut(); err != nil {
			return finish(lostAt("load", err.Error()), children, kept)
		}
	}
	return finish(buildAndRun(j, out, children, kept), children, kept)
}

// runAgain runs the kept binary once more.
func runAgain(j *job, out *frameWriter, children *children, kept *keptBinary) endedEvent {
	children.resetUsage()
	binary, err := kept.ready(j)
	if err != nil {
		return finish(lostAt("run", err.Error()), children, kept)
	}
	for _, dir := range []string{runDir, raceDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return finish(lostAt("run", err.Error()), children, kept)
		}
	}
	out.event(kept.plan)
	return finish(execute(j, binary, out, children), children, kept)
}

// finish sweeps the sandbox and completes what is told of a job's end.
func finish(ended endedEvent, children *children, kept *keptBinary) endedEvent {
	ended.Type = "ended"
	left := sweep(children, kept.folders()...)
	ended.Anomalies = append(ended.Anomalies, left...)
	ended.Clean = len(ended.Anomalies) == 0 && reusableAfter(ended.Outcome)
	cpu, maxRSS := children.used()
	ended.CPUMs, ended.MaxRSSBytes = milliseconds(cpu), maxRSS
	if ended.Anomalies == nil {
		ended.Anomalies = []string{}
	}
	return ended
}

// reusableAfter: a job that came to its own end, or to a standstill, leaves a sandbox that may serve its person again. What
// had to be cut short may have left the kernel with work that nobody can see.
func reusableAfter(outcome string) bool {
	switch outcome {
	case "exited", "hang", "build-failed", "rejected":
		return true
	}
	return false
}

func buildAndRun(j *job, out *frameWriter, children *children, kept *keptBinary) endedEvent {
	endLoad := out.stage("load")
	pkg, problem := loadPackage(j)
	endLoad(0)
	for _, file := range pkg.leftOut {
		out.event(leftOutEvent{"left-out", file.file, file.line, file.message})
	}
	if problem != nil {
		return refusal(problem, out)
	}
	plan := planEvent{"plan", pkg.planned(), pkg.loops()}
	out.event(plan)
	binary, outcome, stage := buildWithin(j, pkg, out, children)
	if outcome != "" {
		return endedEvent{Outcome: outcome, Stage: stage}
	}
	if err := removeAllBut(binaryDir, runDir, raceDir); err != nil {
		return lostAt("run", err.Error())
	}
	if j.Keep {
		*kept = keptBinary{path: binary, plan: plan}
	}
	return execute(j, binary, out, children)
}

func lostAt(stage, why string) endedEvent {
	return endedEvent{Outcome: "sandbox-lost", Stage: stage, Anomalies: []string{why}}
}

func refusal(p *problem, out *frameWriter) endedEvent {
	if p.rule {
		out.event(rejectedEvent{"rejected", p.file, p.line, p.column, p.message})
		return endedEvent{Outcome: "rejected", Stage: "load"}
	}
	text := p.Error() + "\n"
	for _, other := range p.others {
		text += other.Error() + "\n"
	}
	out.event(textEvent{"compiler", "load", text})
	return endedEvent{Outcome: "build-failed", Stage: "load"}
}

// buildWithin builds within the job's limits of time and memory.
func buildWithin(j *job, pkg *loaded, out *frameWriter, children *children) (binary, outcome, stage string) {
	killsBefore := oomKills()
	b := &builder{job: j, pkg: pkg, out: out, children: children}
	watch := startWatch(watchLimits{wall: time.Duration(j.Limits.BuildWallMs) * time.Millisecond, memory: j.Limits.MemoryBytes})
	defer watch.stop()
	binary, outcome, stage = b.build()
	if outcome == "timeout" || outcome == "build-failed" {
		if cause := watch.cause(); cause != "" {
			outcome = cause
		} else if oomKills() > killsBefore {
			outcome = "out-of-memory"
		} else if outcome == "timeout" {
			// A tool was killed, but not by us: the kernel ran out of memory for it.
			outcome = "out-of-memory"
		}
	}
	return binary, outcome, stage
}
