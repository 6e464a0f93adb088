// Package inventory books tickets that are spread over the partitions of a database.
package inventory

import (
	"context"
	"errors"
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
	// TODO
}

var errTODO = errors.New("not written yet")

// New returns an inventory over shards. homes says which of them hold tickets of an event.
func New(shards []Shard, homes map[string][]int) *Inventory {
	return &Inventory{}
}

// Book takes the tickets of all lines, or none.
func (inv *Inventory) Book(ctx context.Context, lines ...Line) error {
	return errTODO
}

// Available returns how many tickets of event all its homes hold together, at one moment.
func (inv *Inventory) Available(ctx context.Context, event string) (int, error) {
	return 0, errTODO
}
