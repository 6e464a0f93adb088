// Package office sells the tickets of one event.
package office

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	// ErrCount is returned for a wish of less than one ticket.
	ErrCount = errors.New("office: at least one ticket has to be bought")
	// ErrSoldOut is returned when fewer tickets are free than are wanted.
	ErrSoldOut = errors.New("office: not enough tickets left")
	// ErrUnknownOrder is returned for an order that never existed or was refunded already.
	ErrUnknownOrder = errors.New("office: unknown order")
)

// Charge takes the money of a buyer.
type Charge func(ctx context.Context, buyer string, tickets int) error

// Order is a paid purchase.
type Order struct {
	ID      int
	Buyer   string
	Tickets int
}

// Stats is the state of an office at one moment.
type Stats struct {
	Free int // can be bought
	Held int // set aside for a buyer who is being charged
	Sold int
}

// Office sells tickets. Its methods may be called by any number of goroutines.
type Office struct {
	charge Charge
	stats  atomic.Pointer[Stats] // what it points to is never changed
	orders sync.Map              // id → Order; who deletes one has refunded it
	lastID atomic.Int64
}

// New opens an office with so many tickets.
func New(tickets int, charge Charge) *Office {
	o := &Office{charge: charge}
	o.stats.Store(&Stats{Free: tickets})
	return o
}

// move applies a change to a copy of the figures and publishes it, unless nobody may see it.
func (o *Office) move(change func(*Stats) bool) bool {
	for {
		old := o.stats.Load()
		next := *old
		if !change(&next) {
			return false
		}
		if o.stats.CompareAndSwap(old, &next) {
			return true
		}
	}
}

// Buy sets tickets aside, charges the buyer, and sells them if that succeeds.
func (o *Office) Buy(ctx context.Context, buyer string, tickets int) (Order, error) {
	if tickets < 1 {
		return Order{}, ErrCount
	}
	if err := ctx.Err(); err != nil {
		return Order{}, err
	}
	held := o.move(func(s *Stats) bool {
		s.Free -= tickets
		s.Held += tickets
		return s.Free >= 0
	})
	if !held {
		return Order{}, ErrSoldOut
	}
	paid := false
	defer func() {
		o.move(func(s *Stats) bool {
			s.Held -= tickets
			if paid {
				s.Sold += tickets
			} else {
				s.Free += tickets
			}
			return true
		})
	}()
	if err := o.charge(ctx, buyer, tickets); err != nil {
		return Order{}, fmt.Errorf("office: charging %s: %w", buyer, err)
	}
	paid = true
	order := Order{ID: int(o.lastID.Add(1)), Buyer: buyer, Tickets: tickets}
	o.orders.Store(order.ID, order)
	return order, nil
}

// Refund makes the tickets of an order free again.
func (o *Office) Refund(id int) error {
	found, ok := o.orders.LoadAndDelete(id)
	if !ok {
		return ErrUnknownOrder
	}
	order := found.(Order)
	o.move(func(s *Stats) bool {
		s.Sold -= order.Tickets
		s.Free += order.Tickets
		return true
	})
	return nil
}

// Stats returns the state at this moment.
func (o *Office) Stats() Stats {
	return *o.stats.Load()
}
