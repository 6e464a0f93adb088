// Package ingest writes events to a store in the background.
package ingest

import "sync"

// Store writes a batch and returns the events that have to be tried again.
type Store interface {
	Write(batch []string) (rejected []string)
}

// Ingester queues events for a single writer.
type Ingester struct {
	store   Store
	in      chan []string
	done    chan struct{}
	pending sync.WaitGroup
}

// New starts the writer.
func New(s Store) *Ingester {
	i := &Ingester{store: s, in: make(chan []string, 8), done: make(chan struct{})}
	go i.run()
	return i
}

// Submit queues a batch of events.
func (i *Ingester) Submit(events ...string) {
	i.pending.Add(len(events))
	i.in <- events
}

// Flush waits until every submitted event is in the store.
func (i *Ingester) Flush() { i.pending.Wait() }

// Close stops the writer.
func (i *Ingester) Close() {
	close(i.in)
	<-i.done
}

func (i *Ingester) run() {
	defer close(i.done)
	for batch := range i.in {
		rejected := i.store.Write(batch)
		i.pending.Add(-len(batch))
		if len(rejected) > 0 {
			i.retry(rejected)
		}
	}
}

func (i *Ingester) retry(events []string) {
	for len(events) > 0 {
		rejected := i.store.Write(events)
		i.pending.Add(len(rejected) - len(events))
		events = rejected
	}
}
