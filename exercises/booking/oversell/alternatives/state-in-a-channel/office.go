// Package office sells the tickets of one event.
package office

import (
	"context"
	"errors"
	"fmt"
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

// ledger is all that an office knows. Whoever has taken it out of the channel owns it.
type ledger struct {
	Stats
	orders map[int]Order
	next   int
}

// Office sells tickets. Its methods may be called by any number of goroutines.
type Office struct {
	charge Charge
	desk   chan *ledger // room for the one ledger
}

// New opens an office with so many tickets.
func New(tickets int, charge Charge) *Office {
	o := &Office{charge: charge, desk: make(chan *ledger, 1)}
	o.desk <- &ledger{Stats: Stats{Free: tickets}, orders: map[int]Order{}}
	return o
}

// with runs f alone with the ledger.
func (o *Office) with(f func(*ledger)) {
	l := <-o.desk
	defer func() { o.desk <- l }()
	f(l)
}

// Buy sets tickets aside, charges the buyer, and sells them if that succeeds.
func (o *Office) Buy(ctx context.Context, buyer string, tickets int) (order Order, err error) {
	switch {
	case tickets < 1:
		return Order{}, ErrCount
	case ctx.Err() != nil:
		return Order{}, ctx.Err()
	}
	held := false
	o.with(func(l *ledger) {
		if held = l.Free >= tickets; held {
			l.Free, l.Held = l.Free-tickets, l.Held+tickets
		}
	})
	if !held {
		return Order{}, ErrSoldOut
	}
	charged := false
	defer func() {
		o.with(func(l *ledger) {
			l.Held -= tickets
			if !charged {
				l.Free += tickets
				return
			}
			l.Sold += tickets
			l.next++
			order = Order{ID: l.next, Buyer: buyer, Tickets: tickets}
			l.orders[l.next] = order
		})
	}()
	if err := o.charge(ctx, buyer, tickets); err != nil {
		return Order{}, fmt.Errorf("office: charging %s: %w", buyer, err)
	}
	charged = true
	return order, nil
}

// Refund makes the tickets of an order free again.
func (o *Office) Refund(id int) error {
	err := ErrUnknownOrder
	o.with(func(l *ledger) {
		if order, ok := l.orders[id]; ok {
			delete(l.orders, id)
			l.Sold, l.Free = l.Sold-order.Tickets, l.Free+order.Tickets
			err = nil
		}
	})
	return err
}

// Stats returns the state at this moment.
func (o *Office) Stats() (s Stats) {
	o.with(func(l *ledger) { s = l.Stats })
	return s
}
