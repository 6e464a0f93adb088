// Package again panics a second time while it handles a panic.
package again

import (
	"fmt"
	"sync"
)

func work(jobs []int, n int) int {
	return jobs[n]
}

// Wrapped says in a new panic which job died.
func Wrapped(id int) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("job %d died: %v", id, r))
		}
	}()
	work(nil, id)
}

// Same panics again with what it recovered.
func Same(id int) {
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	work(nil, id)
}

// Pool runs jobs in goroutines of its own.
func Pool(run func(int)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		run(3)
	}()
	wg.Wait()
}
