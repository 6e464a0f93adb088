// Package shards loads a table that is spread over several nodes.
package shards

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

// ErrStale tells that a shard has not caught up.
var ErrStale = errors.New("shards: stale epoch")

// Row is the content of one shard.
type Row struct {
	Shard, Epoch int
}

// Source fetches the content of a shard.
type Source func(ctx context.Context, shard int) (Row, error)

// Load fetches all shards, which have to be of the same epoch.
func Load(ctx context.Context, src Source, shards, epoch int) ([]Row, error) {
	g, ctx := errgroup.WithContext(ctx)
	fetched := make(chan Row)
	for shard := range shards {
		g.Go(func() error {
			row, err := src(ctx, shard)
			if err != nil {
				return err
			}
			fetched <- row
			return nil
		})
	}
	go func() {
		g.Wait()
		close(fetched)
	}()

	var table []Row
	for row := range fetched {
		if row.Epoch != epoch {
			return nil, ErrStale
		}
		table = append(table, row)
	}
	return table, g.Wait()
}
