package pool

import (
	"errors"
	"fmt"
	"sync"
)

var errNoStock = errors.New("no stock")

func sell(item string) {
	panic(errNoStock)
}

func Run(items []string) {
	var wg sync.WaitGroup
	for id, item := range items {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					panic(fmt.Errorf("job %d of %d died", id, len(items)))
				}
			}()
			sell(item)
		})
	}
	wg.Wait()
}
