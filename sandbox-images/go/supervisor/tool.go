package main

import (
	"io"
	"os"
	"time"
)

// maxToolOutput caps what one run of a tool may say.
const maxToolOutput = 256 << 10

// toolResult is what one run of compile, link or vet came to. `killed` is true where it was ended from outside.
type toolResult struct {
	ok     bool
	killed bool
	output string
	cpu    time.Duration
}

// toolEnvironment: collecting garbage in a process that ends within a tenth of a second is a waste; a large compile
// starts to when it must.
var toolEnvironment = []string{
	"GOEXPERIMENT=" + experiment, "TMPDIR=" + objectDir, "GOROOT=/usr/local/go", "GOGC=off", "GOMEMLIMIT=400MiB",
}

// runningTool is a started tool of the tree.
type runningTool struct {
	input, output *os.File
	ended         <-chan exit
}

// tool runs one of the tree's tools to its end.
func (b *builder) tool(name, dir string, args ...string) toolResult {
	tool, err := b.startTool(name, dir, nil, args...)
	if err != nil {
		return toolResult{output: err.Error()}
	}
	tool.closeInput()
	return tool.wait()
}

func (b *builder) startTool(name, dir string, env []string, args ...string) (*runningTool, error) {
	inputOfTool, input, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer inputOfTool.Close()
	output, outputOfTool, err := os.Pipe()
	if err != nil {
		input.Close()
		return nil, err
	}
	defer outputOfTool.Close()
	_, ended, err := b.children.start(command{
		path: "/go/tool/" + name, args: append([]string{name}, args...), dir: dir,
		env:   append(env, toolEnvironment...),
		files: []*os.File{inputOfTool, outputOfTool, outputOfTool},
	})
	if err != nil {
		input.Close()
		output.Close()
		return nil, err
	}
	return &runningTool{input, output, ended}, nil
}

// start lets a waiting tool go on.
func (t *runningTool) start() {
	_, _ = t.input.Write([]byte{1})
	t.closeInput()
}

func (t *runningTool) closeInput() { t.input.Close() }

// wait collects the output, up to a cap, and the end.
func (t *runningTool) wait() toolResult {
	defer t.output.Close()
	output, _ := io.ReadAll(io.LimitReader(t.output, maxToolOutput))
	_, _ = io.Copy(io.Discard, t.output)
	end := <-t.ended
	return toolResult{
		ok:     end.status.Exited() && end.status.ExitStatus() == 0,
		killed: end.status.Signaled(),
		output: string(output),
		cpu:    end.cpu(),
	}
}
