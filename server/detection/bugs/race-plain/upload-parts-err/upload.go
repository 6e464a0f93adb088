package upload

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// Store is the object store that parts are written to.
type Store interface {
	Put(ctx context.Context, key string, body []byte) error
}

// Parts writes all parts at once and returns how many were stored.
func Parts(ctx context.Context, s Store, name string, parts [][]byte) (int, error) {
	var (
		wg     sync.WaitGroup
		stored atomic.Int64
		err    error
	)
	for i, part := range parts {
		wg.Go(func() {
			key := fmt.Sprintf("%s/%04d", name, i)
			if err = s.Put(ctx, key, part); err != nil {
				return
			}
			stored.Add(1)
		})
	}
	wg.Wait()
	return int(stored.Load()), err
}
