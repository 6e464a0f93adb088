// Package office sells the tickets of one event.
package office

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

var (
	// ErrCount is returned for a wish of less than one ticket.
	ErrCount = errors.New("office: at least one ticket has to be bought")
	// ErrSoldOut is returned when fewer tickets are free than are wanted.
	ErrSoldOut = errors.New("office: not enough tickets left")
	// ErrUnknownOrder is returned for an order that never existed or was refunded already.
	ErrUnknownOrder = errors.New("office: unknown order")
)

// Charge takes the money of a buyer. It is called without any lock, by many goroutines at once.
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

	mu     sync.Mutex // guards all below
	stats  Stats      // the sum of its fields never changes
	orders map[int]Order
	lastID int
}

// New opens an office with so many tickets.
func New(tickets int, charge Charge) *Office {
	return &Office{charge: charge, stats: Stats{Free: tickets}, orders: make(map[int]Order)}
}

// Buy sets tickets aside, charges the buyer, and sells them if that succeeds.
func (o *Office) Buy(ctx context.Context, buyer string, tickets int) (Order, error) {
	if tickets < 1 {
		return Order{}, ErrCount
	}
	if err := ctx.Err(); err != nil {
		return Order{}, err
	}
	if err := o.hold(tickets); err != nil {
		return Order{}, err
	}
	paid := false
	defer func() {
		if !paid { // it failed, or it panicked
			o.release(tickets)
		}
	}()
	if err := o.charge(ctx, buyer, tickets); err != nil {
		return Order{}, fmt.Errorf("office: charging %s: %v", buyer, err)
	}
	paid = true
	return o.sell(buyer, tickets), nil
}

// Refund makes the tickets of an order free again.
func (o *Office) Refund(id int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	order, ok := o.orders[id]
	if !ok {
		return ErrUnknownOrder
	}
	delete(o.orders, id)
	o.stats.Sold -= order.Tickets
	o.stats.Free += order.Tickets
	return nil
}

// Stats returns the state at this moment.
func (o *Office) Stats() Stats {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.stats
}

// hold is the decision: the check and the taking are one step.
func (o *Office) hold(tickets int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if tickets > o.stats.Free {
		return ErrSoldOut
	}
	o.stats.Free -= tickets
	o.stats.Held += tickets
	return nil
}

func (o *Office) release(tickets int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stats.Held -= tickets
	o.stats.Free += tickets
}

func (o *Office) sell(buyer string, tickets int) Order {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stats.Held -= tickets
	o.stats.Sold += tickets
	o.lastID++
	order := Order{ID: o.lastID, Buyer: buyer, Tickets: tickets}
	o.orders[order.ID] = order
	return order
}
