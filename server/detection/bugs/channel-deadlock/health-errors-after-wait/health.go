package health

import (
	"errors"
	"fmt"
	"sync"
)

// Probe asks one host for its health.
type Probe func(host string) error

// CheckAll probes all hosts at once and joins what went wrong.
func CheckAll(hosts []string, probe Probe) error {
	errs := make(chan error, 1)
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Go(func() {
			if err := probe(host); err != nil {
				errs <- fmt.Errorf("%s: %w", host, err)
			}
		})
	}
	wg.Wait()
	close(errs)

	var all []error
	for err := range errs {
		all = append(all, err)
	}
	return errors.Join(all...)
}
