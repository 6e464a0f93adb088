package build

import (
	"sync"
	"sync/atomic"
)

// Target is one build step.
type Target struct {
	Name string
	Deps []string
	Run  func() error
}

// All runs every target after its dependencies and returns the errors by name.
func All(targets []Target, workers int) map[string]error {
	var (
		mu    sync.Mutex
		built = make(map[string]bool)
		errs  = make(map[string]error)
		left  atomic.Int64
		queue = make(chan Target, len(targets))
		wg    sync.WaitGroup
	)
	left.Store(int64(len(targets)))
	for _, t := range targets {
		queue <- t
	}
	for range workers {
		wg.Go(func() {
			for t := range queue {
				ready := true
				mu.Lock()
				for _, d := range t.Deps {
					ready = ready && built[d]
				}
				mu.Unlock()
				if !ready {
					queue <- t
					continue
				}
				err := t.Run()
				mu.Lock()
				built[t.Name] = err == nil
				if err != nil {
					errs[t.Name] = err
				}
				mu.Unlock()
				if left.Add(-1) == 0 {
					close(queue)
				}
			}
		})
	}
	wg.Wait()
	return errs
}
