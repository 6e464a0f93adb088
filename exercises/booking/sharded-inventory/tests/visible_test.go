package inventory_test

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/inventory"
)

const ms = time.Millisecond

// partition is a database partition: one transaction at a time, and each takes its time to begin.
type partition struct {
	t     *testing.T
	turn  chan struct{} // holds a token while no transaction is open
	begin time.Duration // how long it takes to begin once it is our turn

	mu     sync.Mutex
	stock  map[string]int
	way    []time.Duration // how long the next calls of Begin are on their way before they queue up
	broken error           // what Begin fails with
	begun  int
	open   int
}

func newPartition(t *testing.T, stock map[string]int) *partition {
	p := &partition{t: t, turn: make(chan struct{}, 1), begin: 10 * ms, stock: stock}
	p.turn <- struct{}{}
	return p
}

func (p *partition) Begin(ctx context.Context) (inventory.Tx, error) {
	p.mu.Lock()
	p.begun++
	var way time.Duration
	if len(p.way) > 0 {
		way, p.way = p.way[0], p.way[1:]
	}
	broken := p.broken
	p.mu.Unlock()
	time.Sleep(way)
	if broken != nil {
		return nil, broken
	}
	select {
	case <-p.turn:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	time.Sleep(p.begin)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open++
	return &tx{p: p, taken: map[string]int{}}, nil
}

func (p *partition) free(event string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stock[event]
}

// slowDown lets the next call of Begin be on its way for so long.
func (p *partition) slowDown(way time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.way = []time.Duration{way}
}

func (p *partition) began() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.begun
}

func (p *partition) stillOpen() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open
}

type tx struct {
	p     *partition
	mu    sync.Mutex
	taken map[string]int
	ended bool
}

// use reports whether the transaction may still be used. tx.mu is held.
func (x *tx) use(what string) bool {
	if x.ended {
		x.p.t.Errorf("%s of a transaction that was ended before", what)
	}
	return !x.ended
}

func (x *tx) Free(event string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.use("Free")
	return x.p.free(event) - x.taken[event]
}

func (x *tx) Take(event string, tickets int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.use("Take") {
		if left := x.p.free(event) - x.taken[event]; tickets < 1 || tickets > left {
			x.p.t.Errorf("Take(%q, %d) in a partition that has %d left: the tickets of one booking were checked and taken apart from each other, or not added up", event, tickets, left)
		}
		x.taken[event] += tickets
	}
}

func (x *tx) Commit() {
	x.end("Commit", func() {
		for event, n := range x.taken {
			x.p.stock[event] -= n
		}
	})
}

func (x *tx) Rollback() { x.end("Rollback", func() {}) }

func (x *tx) end(what string, apply func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.use(what) {
		return
	}
	x.ended = true
	x.p.mu.Lock()
	apply()
	x.p.open--
	x.p.mu.Unlock()
	x.p.turn <- struct{}{}
}

// database makes partitions with this stock, and an inventory over them.
func database(t *testing.T, homes map[string][]int, stock ...map[string]int) (*inventory.Inventory, []*partition) {
	var parts []*partition
	var shards []inventory.Shard
	for _, s := range stock {
		p := newPartition(t, maps.Clone(s))
		parts, shards = append(parts, p), append(shards, p)
	}
	return inventory.New(shards, homes), parts
}

type stock = map[string]int

func line(event string, tickets int) inventory.Line {
	return inventory.Line{Event: event, Tickets: tickets}
}

// allEnded checks that no transaction was left open. Where one was, whoever comes next would wait for ever.
func allEnded(t *testing.T, parts []*partition) {
	t.Helper()
	for i, p := range parts {
		if n := p.stillOpen(); n != 0 {
			t.Fatalf("the call has returned, and its transaction in partition %d is still open: nobody can use that partition any more", i)
		}
	}
}

func expect(t *testing.T, did string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: the error is %v, want %v", did, got, want)
	}
}

func TestBookTakesFromSeveralPartitions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"matinee": {1}, "evening": {0}}, stock{"evening": 5}, stock{"matinee": 5})
		expect(t, "2 matinee and 3 evening tickets of 5 each", inv.Book(t.Context(), line("matinee", 2), line("evening", 3)), nil)
		allEnded(t, parts)
		if e, m := parts[0].free("evening"), parts[1].free("matinee"); e != 2 || m != 3 {
			t.Errorf("of 5 tickets each, 3 evening and 2 matinee tickets were booked; now there are %d and %d", e, m)
		}
		n, err := inv.Available(t.Context(), "evening")
		if n != 2 || err != nil {
			t.Errorf("Available of an event with 2 tickets left returned (%d, %v)", n, err)
		}
		allEnded(t, parts)
	})
}

func TestAllOrNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"matinee": {0}, "evening": {1}}, stock{"matinee": 5}, stock{"evening": 1})
		for _, lines := range [][]inventory.Line{
			{line("matinee", 2), line("evening", 2)},
			{line("evening", 2), line("matinee", 2)},
		} {
			expect(t, "an order for 2 evening tickets where 1 is left", inv.Book(t.Context(), lines...), inventory.ErrSoldOut)
			allEnded(t, parts)
			if m, e := parts[0].free("matinee"), parts[1].free("evening"); m != 5 || e != 1 {
				t.Errorf("an order was refused as sold out, and the stock went from 5 and 1 to %d and %d: half a booking was made", m, e)
			}
		}
	})
}

func TestOppositeOrdersBothEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inv, parts := database(t, map[string][]int{"matinee": {0}, "evening": {1}}, stock{"matinee": 50}, stock{"evening": 50})
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				expect(t, "matinee and evening", inv.Book(t.Context(), line("matinee", 1), line("evening", 1)), nil)
			})
			wg.Go(func() {
				expect(t, "evening and matinee", inv.Book(t.Context(), line("evening", 1), line("matinee", 1)), nil)
			})
		}
		wg.Wait()
		allEnded(t, parts)
		if m, e := parts[0].free("matinee"), parts[1].free("evening"); m != 30 || e != 30 {
			t.Errorf("20 of 50 tickets of each show were booked, and %d and %d are left", m, e)
		}
	})
}
