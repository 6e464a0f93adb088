package main

import (
	"context"
	"io"
	"os"
	"os/exec"
)

// warm compiles std into Go's build cache for the build that will follow, until all is compiled or standard input
// ends. The first start spends its time better so than waiting for the network. What fails here (there may be no C
// compiler yet) is left to the build.
func warm() {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	for _, flags := range [][]string{{}, {"-race"}} {
		args := append([]string{"list", "-e", "-export", "-f", "{{.Export}}"}, flags...)
		command := exec.CommandContext(ctx, "go", append(args, "std")...)
		command.Env = append(os.Environ(), "CGO_ENABLED=1")
		_ = command.Run()
	}
}
