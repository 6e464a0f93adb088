// Package queue is a bounded first-in first-out queue.
package queue

import "sync"

// Queue blocks its users while it is full or empty.
type Queue struct {
	mu       sync.Mutex
	notEmpty sync.Cond
	notFull  sync.Cond
	items    []int
	size     int
	closed   bool
}

// New returns a queue for at most size items.
func New(size int) *Queue {
	q := &Queue{size: size}
	q.notEmpty.L = &q.mu
	q.notFull.L = &q.mu
	return q
}

// Put adds an item.
func (q *Queue) Put(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == q.size {
		q.notFull.Wait()
	}
	q.items = append(q.items, item)
	q.notEmpty.Signal()
}

// Get removes the oldest item. It reports false once the queue is closed and
// empty.
func (q *Queue) Get() (item int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.notEmpty.Wait()
	}
	if len(q.items) == 0 {
		return 0, false
	}
	item, q.items = q.items[0], q.items[1:]
	q.notFull.Signal()
	return item, true
}

// Close tells the consumers that the last item has been put.
func (q *Queue) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.notEmpty.Broadcast()
}
