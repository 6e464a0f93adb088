// Package pubsub hands events to whoever has subscribed.
package pubsub

// Hub hands events to its subscribers. One goroutine, which lives until Close, owns all that changes.
type Hub[T any] struct {
	size int
	do   chan func(subs map[chan T]struct{})
	quit chan chan struct{}
	done chan struct{}
}

// New makes a hub. For each subscriber up to size events may wait.
func New[T any](size int) *Hub[T] {
	h := &Hub[T]{
		size: size,
		do:   make(chan func(map[chan T]struct{})),
		quit: make(chan chan struct{}),
		done: make(chan struct{}),
	}
	go h.own()
	return h
}

func (h *Hub[T]) own() {
	subs := make(map[chan T]struct{})
	for {
		select {
		case step := <-h.do:
			step(subs)
		case ended := <-h.quit:
			for ch := range subs {
				close(ch)
			}
			close(h.done)
			close(ended)
			return
		}
	}
}

// run has step done by the owner and waits for its end. It reports false if there is no owner any more.
func (h *Hub[T]) run(step func(subs map[chan T]struct{})) bool {
	over := make(chan struct{})
	select {
	case h.do <- func(subs map[chan T]struct{}) { step(subs); close(over) }:
		<-over
		return true
	case <-h.done:
		return false
	}
}

// Subscribe returns a channel with the events from now on, and what ends it.
func (h *Hub[T]) Subscribe() (events <-chan T, cancel func()) {
	ch := make(chan T, h.size)
	if !h.run(func(subs map[chan T]struct{}) { subs[ch] = struct{}{} }) {
		close(ch)
	}
	return ch, func() {
		h.run(func(subs map[chan T]struct{}) { end(subs, ch) })
	}
}

// Publish hands event to all subscribers and returns how many got it.
func (h *Hub[T]) Publish(event T) (delivered int) {
	h.run(func(subs map[chan T]struct{}) {
		for ch := range subs {
			select {
			case ch <- event:
				delivered++
			default:
				end(subs, ch)
			}
		}
	})
	return delivered
}

// Len returns the number of subscribers.
func (h *Hub[T]) Len() (n int) {
	h.run(func(subs map[chan T]struct{}) { n = len(subs) })
	return n
}

// Close ends all subscriptions; there will be no others.
func (h *Hub[T]) Close() {
	ended := make(chan struct{})
	select {
	case h.quit <- ended:
		<-ended
	case <-h.done:
	}
}

func end[T any](subs map[chan T]struct{}, ch chan T) {
	if _, open := subs[ch]; open {
		delete(subs, ch)
		close(ch)
	}
}
