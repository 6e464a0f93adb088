package main

import (
	"time"
)

// runTest does one job from sources to its end and leaves an empty sandbox behind.
func runTest(j *job, out *frameWriter, children *children) endedEvent {
	children.resetUsage()
	ended := buildAndRun(j, out, children)
	ended.Type = "ended"
	left := sweep(children)
	ended.Anomalies = append(ended.Anomalies, left...)
	ended.Clean = len(ended.Anomalies) == 0 && reusableAfter(ended.Outcome)
	cpu, maxRSS := children.used()
	ended.CPUMs, ended.MaxRSSBytes = milliseconds(cpu), maxRSS
	if ended.Anomalies == nil {
		ended.Anomalies = []string{}
	}
	return ended
}

// reusableAfter: only a job that came to its own end leaves a sandbox that may serve its person again.
func reusableAfter(outcome string) bool {
	return outcome == "exited" || outcome == "build-failed" || outcome == "rejected"
}

func buildAndRun(j *job, out *frameWriter, children *children) endedEvent {
	endLoad := out.stage("load")
	pkg, problem := loadPackage(j)
	endLoad(0)
	if problem != nil {
		return refusal(problem, out)
	}
	out.event(planEvent{"plan", pkg.planned()})
	binary, outcome, stage := buildWithin(j, pkg, out, children)
	if outcome != "" {
		return endedEvent{Outcome: outcome, Stage: stage}
	}
	if err := removeAllBut(binaryDir, runDir, raceDir); err != nil {
		return endedEvent{Outcome: "sandbox-lost", Stage: "run", Anomalies: []string{err.Error()}}
	}
	return execute(j, binary, out, children)
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
