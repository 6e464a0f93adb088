// Package inventory books tickets that are spread over the partitions of a database.
package inventory

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
)

var (
	// ErrOrder is returned for an order that makes no sense.
	ErrOrder = errors.New("inventory: invalid order")
	// ErrSoldOut is returned when there are fewer tickets than an order wants.
	ErrSoldOut = errors.New("inventory: sold out")
)

// Shard is one partition of the database.
type Shard interface {
	// Begin opens a transaction. It waits while another one of this partition is open.
	Begin(ctx context.Context) (Tx, error)
}

// Tx is an open transaction. It has to be ended by exactly one Commit or Rollback.
type Tx interface {
	// Free returns how many tickets of event are left in this partition.
	Free(event string) int
	// Take takes tickets of event, if the transaction is committed. There must be so many.
	Take(event string, tickets int)
	Commit()
	Rollback()
}

// Line is a part of an order.
type Line struct {
	Event   string
	Tickets int
}

// Inventory books tickets. Its methods may be called by any number of goroutines.
type Inventory struct {
	shards []Shard
	events map[string]*event
}

type event struct {
	homes []int
	turn  atomic.Uint64 // bookings so far: the next one begins at this home, modulo
}

// order is what to take: tickets by event.
type order map[string]int

// New returns an inventory over shards. homes says which of them hold tickets of an event.
func New(shards []Shard, homes map[string][]int) *Inventory {
	inv := &Inventory{shards: slices.Clone(shards), events: make(map[string]*event)}
	for name, at := range homes {
		inv.events[name] = &event{homes: slices.Clone(at)}
	}
	return inv
}

// Book takes the tickets of all lines, or none. It tries one home of each event, and then all of them.
func (inv *Inventory) Book(ctx context.Context, lines ...Line) error {
	want, err := inv.total(lines)
	if err != nil {
		return err
	}
	err = inv.take(ctx, inv.oneHomeEach(want), want)
	if errors.Is(err, ErrSoldOut) {
		err = inv.take(ctx, inv.allHomes(want), want)
	}
	return err
}

// Available returns how many tickets of event all its homes hold together, at one moment.
func (inv *Inventory) Available(ctx context.Context, event string) (int, error) {
	if inv.events[event] == nil {
		return 0, ErrOrder
	}
	txs, err := inv.begin(ctx, inv.allHomes(order{event: 0}))
	if err != nil {
		return 0, err
	}
	sum := 0
	for _, tx := range txs {
		sum += tx.Free(event)
	}
	rollback(txs)
	return sum, nil
}

// total adds up the lines of each event.
func (inv *Inventory) total(lines []Line) (order, error) {
	if len(lines) == 0 {
		return nil, ErrOrder
	}
	want := order{}
	for _, line := range lines {
		if line.Tickets < 1 || inv.events[line.Event] == nil {
			return nil, ErrOrder
		}
		want[line.Event] += line.Tickets
	}
	return want, nil
}

// oneHomeEach chooses the home of each event whose turn it is.
func (inv *Inventory) oneHomeEach(want order) []int {
	var at []int
	for name := range want {
		e := inv.events[name]
		at = append(at, e.homes[(e.turn.Add(1)-1)%uint64(len(e.homes))])
	}
	return at
}

func (inv *Inventory) allHomes(want order) []int {
	var at []int
	for name := range want {
		at = append(at, inv.events[name].homes...)
	}
	return at
}

// take books want in the shards at, if they hold enough of everything.
func (inv *Inventory) take(ctx context.Context, at []int, want order) error {
	txs, err := inv.begin(ctx, at)
	if err != nil {
		return err
	}
	for name, tickets := range want {
		for _, tx := range txs {
			n := min(tickets, tx.Free(name))
			if n > 0 {
				tx.Take(name, n)
			}
			tickets -= n
		}
		if tickets > 0 {
			rollback(txs)
			return ErrSoldOut
		}
	}
	for _, tx := range txs {
		tx.Commit()
	}
	return nil
}

// begin opens one transaction in each of the shards at. Everybody goes in rising order: whoever waits holds only
// lower shards than the one that it waits for, and so a ring of waiting bookings cannot come about.
func (inv *Inventory) begin(ctx context.Context, at []int) ([]Tx, error) {
	at = slices.Clone(at)
	slices.Sort(at)
	var txs []Tx
	for _, i := range at {
		tx, err := inv.shards[i].Begin(ctx)
		if err != nil {
			rollback(txs)
			return nil, err
		}
		txs = append(txs, tx)
	}
	return txs, nil
}

func rollback(txs []Tx) {
	for _, tx := range txs {
		tx.Rollback()
	}
}
