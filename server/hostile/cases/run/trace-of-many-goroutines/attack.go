package attack

import "sync"

// Run starts more goroutines than a timeline keeps, one after the other so that they fit.
func Run() {
	var all sync.WaitGroup
	for range 600 {
		for range 100 {
			all.Go(func() {})
		}
		all.Wait()
	}
}
