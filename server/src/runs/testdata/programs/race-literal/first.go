package first

import "sync"

// All runs the calls together and collects their errors.
func All(calls ...func() error) []error {
	var errs []error
	var wg sync.WaitGroup
	for _, call := range calls {
		wg.Add(1)
		go func() {
			errs = append(errs, call())
			wg.Done()
		}()
	}
	wg.Wait()
	return errs
}
