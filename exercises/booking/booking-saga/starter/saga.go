// Package saga books tickets over several services that have no transaction in common.
package saga

import (
	"context"
	"errors"
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
	// TODO
}

var errTODO = errors.New("not written yet")

// New returns a coordinator of services.
func New(services Services, cfg Config) *Coordinator {
	return &Coordinator{}
}

// Book books id, or returns the result of the booking that there is already.
func (c *Coordinator) Book(ctx context.Context, id string) error {
	return errTODO
}
