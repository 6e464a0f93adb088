// Package steps runs the steps of a plan, each on its own goroutine.
package steps

import (
	"runtime"
	"sync"
)

// Step is one part of a plan. It may call its argument to give up.
type Step func(giveUp func())

// Result tells how a plan went.
type Result struct {
	Finished, GivenUp int
}

// Run runs all steps at the same time.
func Run(plan ...Step) Result {
	outcomes := make(chan bool)
	var running sync.WaitGroup
	for _, step := range plan {
		running.Add(1)
		go func() {
			defer running.Done()
			finished := false
			defer func() { outcomes <- finished }()
			step(runtime.Goexit)
			finished = true
		}()
	}
	go func() {
		running.Wait()
		close(outcomes)
	}()

	var result Result
	for finished := range outcomes {
		if finished {
			result.Finished++
		} else {
			result.GivenUp++
		}
	}
	return result
}
