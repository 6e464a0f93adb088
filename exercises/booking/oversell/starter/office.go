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

// Charge takes the money of a buyer. It may take a while.
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
	stats  Stats
	orders map[int]Order
	lastID int
}

// New opens an office with so many tickets.
func New(tickets int, charge Charge) *Office {
	return &Office{charge: charge, stats: Stats{Free: tickets}, orders: make(map[int]Order)}
}

// Buy charges the buyer and sells the tickets.
func (o *Office) Buy(ctx context.Context, buyer string, tickets int) (Order, error) {
	if tickets < 1 {
		return Order{}, ErrCount
	}
	if err := ctx.Err(); err != nil {
		return Order{}, err
	}
	if o.Stats().Free < tickets {
		return Order{}, ErrSoldOut
	}
	if err := o.charge(ctx, buyer, tickets); err != nil {
		return Order{}, fmt.Errorf("office: charging %s: %w", buyer, err)
	}
	return o.sell(buyer, tickets), nil
}

// Refund makes the tickets of an order free again.
func (o *Office) Refund(id int) error {
	o.mu.Lock()
	order, ok := o.orders[id]
	o.mu.Unlock()
	if !ok {
		return ErrUnknownOrder
	}
	o.mu.Lock()
	defer o.mu.Unlock()
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

func (o *Office) sell(buyer string, tickets int) Order {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stats.Free -= tickets
	o.stats.Sold += tickets
	o.lastID++
	order := Order{ID: o.lastID, Buyer: buyer, Tickets: tickets}
	o.orders[order.ID] = order
	return order
}
