// Package dispatch gives each job to an idle worker.
package dispatch

import "sync"

// Job computes something.
type Job func() int

type task struct {
	job    Job
	result chan<- int
}

// Dispatcher owns a set of workers.
type Dispatcher struct {
	idle    chan chan<- task
	quit    chan struct{}
	workers sync.WaitGroup
}

// New starts n workers.
func New(n int) *Dispatcher {
	d := &Dispatcher{idle: make(chan chan<- task), quit: make(chan struct{})}
	for range n {
		d.workers.Go(d.work)
	}
	return d
}

func (d *Dispatcher) work() {
	tasks := make(chan task)
	for {
		select {
		case d.idle <- tasks:
			t := <-tasks
			t.result <- t.job()
		case <-d.quit:
			return
		}
	}
}

// Do runs a job on an idle worker and waits for its result.
func (d *Dispatcher) Do(job Job) int {
	result := make(chan int, 1)
	worker := <-d.idle
	worker <- task{job, result}
	return <-result
}

// Close ends the workers after all calls of Do have returned.
func (d *Dispatcher) Close() {
	close(d.quit)
	d.workers.Wait()
}
