// Package guard runs jobs that may panic.
package guard

import (
	"fmt"
	"sync"
)

// Job is some code that is not trusted.
type Job func() error

func call(job Job) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return job()
}

// Run runs the jobs on a number of workers and returns their errors in order.
func Run(workers int, jobs ...Job) []error {
	errs := make([]error, len(jobs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range next {
				errs[i] = call(jobs[i])
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	wg.Wait()
	return errs
}
