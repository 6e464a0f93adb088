// Package saga books tickets over several services that have no transaction in common.
package saga

import (
	"context"
	"errors"
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
	bookings sync.Map // of *booking by id
}

// state is where a booking stands. A coordinator that has to survive a crash would write each one down before it acts.
type state int

const (
	reserving state = iota
	paying
	asking
	confirming
	refunding
	releasing
	over
)

// booking is the one execution for an id.
type booking struct {
	id    string
	state state
	err   error         // why it does not end well; nil as long as it may
	done  chan struct{} // closed when the state is over
}

// New returns a coordinator of services.
func New(services Services, cfg Config) *Coordinator {
	return &Coordinator{services: services, cfg: cfg}
}

// Book books id, or returns the result of the booking that there is already.
func (c *Coordinator) Book(ctx context.Context, id string) error {
	mine := &booking{id: id, done: make(chan struct{})}
	if found, ok := c.bookings.LoadOrStore(id, mine); ok {
		other := found.(*booking)
		select {
		case <-other.done:
			return other.err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for mine.state != over {
		c.step(ctx, mine)
	}
	close(mine.done)
	return mine.err
}

// step does what the state asks for, and finds the next one.
func (c *Coordinator) step(ctx context.Context, b *booking) {
	settle := context.WithoutCancel(ctx)
	switch b.state {
	case reserving:
		b.err = c.services.Reserve(ctx, b.id)
		switch {
		case errors.Is(b.err, ErrRefused):
			b.state = over
		case b.err != nil:
			b.state = releasing
		default:
			b.state = paying
		}
	case paying:
		if b.err = ctx.Err(); b.err != nil {
			b.state = releasing
			return
		}
		b.err = c.services.Pay(ctx, b.id)
		switch {
		case errors.Is(b.err, ErrRefused):
			b.state = releasing
		case b.err != nil:
			b.state = asking
		default:
			b.state = confirming
		}
	case asking:
		var paid bool
		err := c.patiently(func() (stop bool, err error) {
			paid, err = c.services.Payment(settle, b.id)
			return err == nil, err
		})
		switch {
		case err != nil:
			b.giveUp(err)
		case paid:
			b.state = confirming
		default:
			b.state = releasing
		}
	case confirming:
		b.err = c.patiently(func() (stop bool, err error) {
			err = c.services.Confirm(settle, b.id)
			return err == nil || errors.Is(err, ErrRefused), err
		})
		b.state = over
		if b.err != nil {
			b.state = refunding
		}
	case refunding:
		c.undo(settle, b, c.services.Refund, releasing)
	case releasing:
		c.undo(settle, b, c.services.Release, over)
	}
}

func (c *Coordinator) undo(ctx context.Context, b *booking, call func(context.Context, string) error, next state) {
	err := c.patiently(func() (stop bool, err error) {
		err = call(ctx, b.id)
		return err == nil, err
	})
	if err != nil {
		b.giveUp(err)
		return
	}
	b.state = next
}

func (b *booking) giveUp(err error) {
	b.err = errors.Join(ErrUnsettled, err, b.err)
	b.state = over
}

// patiently calls f until it says stop, at most Attempts times, and returns its last error.
func (c *Coordinator) patiently(f func() (stop bool, err error)) error {
	for attempt := 1; ; attempt++ {
		stop, err := f()
		if stop || attempt == c.cfg.Attempts {
			return err
		}
		<-time.After(c.cfg.Pause)
	}
}
