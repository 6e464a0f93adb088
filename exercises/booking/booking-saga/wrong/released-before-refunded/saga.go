// Package saga books tickets over several services that have no transaction in common.
package saga

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var (
	// ErrRefused is matched by errors of services: it was definitely not done.
	ErrRefused = errors.New("saga: refused")
	// ErrUnsettled is matched by the error of a booking that could not be brought to an end.
	ErrUnsettled = errors.New("saga: unsettled")
)

// Services are the others. After an error that does not match ErrRefused nobody knows whether it was done.
type Services interface {
	// Reserve holds the seats.
	Reserve(ctx context.Context, id string) error
	// Pay takes the money.
	Pay(ctx context.Context, id string) error
	// Payment tells whether Pay has taken the money.
	Payment(ctx context.Context, id string) (bool, error)
	// Confirm sends the tickets.
	Confirm(ctx context.Context, id string) error
	// Refund gives the money back.
	Refund(ctx context.Context, id string) error
	// Release frees the seats, confirmed or not.
	Release(ctx context.Context, id string) error
}

// Config says how patient a coordinator is.
type Config struct {
	Attempts int           // how often something is tried
	Pause    time.Duration // between two attempts
}

// Coordinator books each id once. Its methods may be called by any number of goroutines.
type Coordinator struct {
	services Services
	cfg      Config

	mu       sync.Mutex // guards bookings; never held while a service is called
	bookings map[string]*booking
}

// booking is the one execution for an id.
type booking struct {
	done chan struct{} // closed when err is there
	err  error
}

// New returns a coordinator of services.
func New(services Services, cfg Config) *Coordinator {
	return &Coordinator{services: services, cfg: cfg, bookings: make(map[string]*booking)}
}

// Book books id, or returns the result of the booking that there is already.
func (c *Coordinator) Book(ctx context.Context, id string) error {
	b, first := c.booking(id)
	if first {
		b.err = c.run(ctx, id)
		close(b.done)
		return b.err
	}
	select {
	case <-b.done:
		return b.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// booking returns the booking of id, and whether it is the caller who has to run it.
func (c *Coordinator) booking(id string) (b *booking, first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, ok := c.bookings[id]; ok {
		return b, false
	}
	b = &booking{done: make(chan struct{})}
	c.bookings[id] = b
	return b, true
}

func (c *Coordinator) run(ctx context.Context, id string) error {
	settle := context.WithoutCancel(ctx) // what was begun is brought to its end
	switch err := c.services.Reserve(ctx, id); {
	case errors.Is(err, ErrRefused):
		return err
	case err != nil:
		return c.undo(settle, id, err, c.services.Release)
	}
	if err := ctx.Err(); err != nil {
		return c.undo(settle, id, err, c.services.Release)
	}
	if err := c.services.Pay(ctx, id); err != nil {
		paid, unsettled := c.paidAfter(settle, id, err)
		if unsettled != nil {
			return unsettled
		}
		if !paid {
			return c.undo(settle, id, err, c.services.Release)
		}
	}
	if err := c.confirm(settle, id); err != nil {
		return c.undo(settle, id, err, c.services.Release, c.services.Refund)
	}
	return nil
}

// paidAfter finds out whether the money was taken although Pay returned err.
func (c *Coordinator) paidAfter(ctx context.Context, id string, err error) (paid bool, unsettled error) {
	if errors.Is(err, ErrRefused) {
		return false, nil
	}
	err = c.try(func() (err error) {
		paid, err = c.services.Payment(ctx, id)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("%w: payment of %s: %w", ErrUnsettled, id, err)
	}
	return paid, nil
}

func (c *Coordinator) confirm(ctx context.Context, id string) error {
	var refused error
	err := c.try(func() error {
		err := c.services.Confirm(ctx, id)
		if errors.Is(err, ErrRefused) {
			refused = err
			return nil // no need to try again
		}
		return err
	})
	return errors.Join(refused, err)
}

// undo takes back, in this order, what has been done, and returns why.
func (c *Coordinator) undo(ctx context.Context, id string, why error, steps ...func(context.Context, string) error) error {
	for _, step := range steps {
		if err := c.try(func() error { return step(ctx, id) }); err != nil {
			return fmt.Errorf("%w: undoing %s: %w, after %w", ErrUnsettled, id, err, why)
		}
	}
	return why
}

// try calls step until it succeeds, and returns its last error if it never does.
func (c *Coordinator) try(step func() error) error {
	err := step()
	for range c.cfg.Attempts - 1 {
		if err == nil {
			return nil
		}
		time.Sleep(c.cfg.Pause)
		err = step()
	}
	return err
}
