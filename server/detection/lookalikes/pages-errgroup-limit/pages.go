// Package pages fetches all pages of a listing.
package pages

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Fetch returns the items of one page.
type Fetch func(ctx context.Context, page int) ([]string, error)

// All fetches pages 0 to n-1, at most limit at a time, and returns their items
// in order.
func All(ctx context.Context, fetch Fetch, n, limit int) ([]string, error) {
	pages := make([][]string, n)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(limit)
	for page := range n {
		g.Go(func() error {
			items, err := fetch(ctx, page)
			if err != nil {
				return fmt.Errorf("page %d: %w", page, err)
			}
			pages[page] = items
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var all []string
	for _, items := range pages {
		all = append(all, items...)
	}
	return all, nil
}
