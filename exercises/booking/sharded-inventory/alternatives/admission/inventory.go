// Package inventory books tickets that are spread over the partitions of a database.
package inventory

import (
	"context"
	"errors"
	"slices"
	"sync"
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

	mu      sync.Mutex
	busy    []bool     // by shard: an admitted booking uses it
	waiting []*booking // in the order in which they came
}

// booking asks to be admitted to all its shards at once.
type booking struct {
	at       []int
	admitted chan struct{} // closed under the lock
}

type event struct {
	homes []int
	turn  atomic.Uint64 // bookings so far: the next one begins at this home, modulo
}

// order is what to take: tickets by event.
type order map[string]int

// New returns an inventory over shards. homes says which of them hold tickets of an event.
func New(shards []Shard, homes map[string][]int) *Inventory {
	inv := &Inventory{shards: slices.Clone(shards), events: make(map[string]*event), busy: make([]bool, len(shards))}
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
	sum := 0
	err := inv.with(ctx, inv.allHomes(order{event: 0}), func(txs []Tx) bool {
		for _, tx := range txs {
			sum += tx.Free(event)
		}
		return false
	})
	return sum, err
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
	enough := true
	err := inv.with(ctx, at, func(txs []Tx) bool {
		for name, tickets := range want {
			for _, tx := range txs {
				n := min(tickets, tx.Free(name))
				if n > 0 {
					tx.Take(name, n)
				}
				tickets -= n
			}
			enough = enough && tickets == 0
		}
		return enough
	})
	if err == nil && !enough {
		err = ErrSoldOut
	}
	return err
}

// with waits until all the shards at are free of other bookings, opens a transaction in each, and commits them if work
// says so. Nobody holds a shard while it waits for another booking: no ring can come about.
func (inv *Inventory) with(ctx context.Context, at []int, work func([]Tx) (commit bool)) error {
	at = slices.Clone(at)
	slices.Sort(at)
	at = slices.Compact(at)
	if err := inv.admit(ctx, at); err != nil {
		return err
	}
	defer inv.leave(at)

	var txs []Tx
	end := Tx.Rollback
	defer func() {
		for _, tx := range txs {
			end(tx)
		}
	}()
	for _, i := range at { // in rising order, because of other programs
		tx, err := inv.shards[i].Begin(ctx)
		if err != nil {
			return err
		}
		txs = append(txs, tx)
	}
	if work(txs) {
		end = Tx.Commit
	}
	return nil
}

// admit waits until no other booking uses any of the shards at.
func (inv *Inventory) admit(ctx context.Context, at []int) error {
	b := &booking{at: at, admitted: make(chan struct{})}
	inv.mu.Lock()
	inv.waiting = append(inv.waiting, b)
	inv.admitAll()
	inv.mu.Unlock()
	select {
	case <-b.admitted:
		return nil
	case <-ctx.Done():
	}
	inv.mu.Lock()
	defer inv.mu.Unlock()
	if i := slices.Index(inv.waiting, b); i >= 0 {
		inv.waiting = slices.Delete(inv.waiting, i, i+1)
		return ctx.Err()
	}
	return nil // admitted just before; Begin will look at ctx
}

func (inv *Inventory) leave(at []int) {
	inv.mu.Lock()
	defer inv.mu.Unlock()
	for _, i := range at {
		inv.busy[i] = false
	}
	inv.admitAll()
}

// admitAll admits, in the order of their arrival, the bookings whose shards are all free. inv.mu is held.
func (inv *Inventory) admitAll() {
	inv.waiting = slices.DeleteFunc(inv.waiting, func(b *booking) bool {
		if slices.ContainsFunc(b.at, func(i int) bool { return inv.busy[i] }) {
			return false
		}
		for _, i := range b.at {
			inv.busy[i] = true
		}
		close(b.admitted)
		return true
	})
}
