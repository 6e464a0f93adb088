package main

import (
	"os"
	"time"
)

// throughTime is how long a tool may take with a file. A trace of ten seconds takes less than one.
const throughTime = 5 * time.Second

// sendThrough sends what a tool of ours makes of a file that the program wrote. The tool is a process like any other in here,
// within the job's memory: whatever the file does to it, all that is lost is what it had not written yet.
func sendThrough(a artifact, file *os.File, j *job, out *frameWriter, children *children) (sent int, cut bool) {
	output, outputOfTool, err := os.Pipe()
	if err != nil {
		return 0, false
	}
	defer output.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		outputOfTool.Close()
		return 0, false
	}
	defer null.Close()
	_, ended, err := children.start(command{
		path: "/go/tool/" + a.tool, args: []string{a.tool}, env: toolEnvironment, dir: workSpace,
		files: []*os.File{file, outputOfTool, null},
	})
	outputOfTool.Close()
	if err != nil {
		return 0, false
	}
	watch := startWatch(watchLimits{wall: throughTime, memory: j.Limits.MemoryBytes})
	defer watch.stop()
	sent, cut = sendArtifact(output, a.maxBytes, out)
	// Too much to say: nobody reads the rest.
	output.Close()
	<-ended
	return sent, cut
}
