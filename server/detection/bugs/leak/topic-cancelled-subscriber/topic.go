// Package topic delivers messages to handlers.
package topic

import "sync"

// Topic is a named stream of messages.
type Topic struct {
	mu   sync.Mutex
	subs map[*Subscription]struct{}
}

// Subscription is the interest of one handler in a topic.
type Subscription struct {
	topic   *Topic
	backlog chan string
}

// New returns a topic without subscribers.
func New() *Topic {
	return &Topic{subs: make(map[*Subscription]struct{})}
}

// Subscribe calls handle, one message at a time, until it is cancelled.
func (t *Topic) Subscribe(handle func(string)) *Subscription {
	sub := &Subscription{topic: t, backlog: make(chan string, 16)}
	t.mu.Lock()
	t.subs[sub] = struct{}{}
	t.mu.Unlock()
	go sub.deliver(handle)
	return sub
}

func (s *Subscription) deliver(handle func(string)) {
	for msg := range s.backlog {
		handle(msg)
	}
}

// Publish hands the message to all subscribers.
func (t *Topic) Publish(msg string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	for sub := range t.subs {
		sub.backlog <- msg
	}
	return len(t.subs)
}

// Cancel ends the subscription.
func (s *Subscription) Cancel() {
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	delete(s.topic.subs, s)
}
