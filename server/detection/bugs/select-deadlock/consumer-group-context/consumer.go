package consumer

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Consumer works through a queue while it keeps its leases alive.
type Consumer struct {
	Messages <-chan string
	Expiring <-chan string
	Handle   func(msg string) error
	Renew    func(lease string) error
}

// Run returns when the queue is drained or a message cannot be handled.
func (c *Consumer) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for {
			select {
			case msg, ok := <-c.Messages:
				if !ok {
					return nil
				}
				if err := c.Handle(msg); err != nil {
					return fmt.Errorf("handle %q: %w", msg, err)
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	g.Go(func() error {
		for {
			select {
			case lease := <-c.Expiring:
				if err := c.Renew(lease); err != nil {
					return err
				}
			case <-ctx.Done():
				return nil
			}
		}
	})
	return g.Wait()
}
