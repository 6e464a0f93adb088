// Package inbox holds what devices have sent until somebody takes it.
package inbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// ErrFrame refuses a frame without a topic.
var ErrFrame = errors.New("inbox: frame without topic")

// Message is what a device has sent.
type Message struct {
	Topic, Body string
}

// Inbox has a queue of messages for each device. Its methods may be called by any number of goroutines.
type Inbox struct {
	keep int

	mu      sync.Mutex
	devices map[string]*device // those that have sent something and are not dropped
}

type device struct {
	waiting queue
	topics  []string // of the last messages
}

// New makes an inbox that remembers the topics of the last keep messages of each device.
func New(keep int) *Inbox {
	return &Inbox{keep: keep, devices: make(map[string]*device)}
}

// Put adds the message of a frame: a topic, a line end, a body.
func (b *Inbox) Put(name, frame string) error {
	topic, body, ok := strings.Cut(frame, "\n")
	if !ok || topic == "" {
		return fmt.Errorf("%w: %d bytes from %s", ErrFrame, len(frame), name)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	d, ok := b.devices[name]
	if !ok {
		d = &device{}
		b.devices[strings.Clone(name)] = d // the name may be a piece of something large
	}
	d.waiting.push(Message{Topic: topic, Body: body}) // shares the frame's memory, for as long as it waits
	d.topics = append(d.topics, strings.Clone(topic)) // outlives the frame, so it must not share
	if len(d.topics) > b.keep {
		d.topics = slices.Delete(d.topics, 0, 1)
	}
	return nil
}

// Take returns the oldest message of a device that nobody has taken. It reports false when there is none.
func (b *Inbox) Take(name string) (Message, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d, ok := b.devices[name]
	if !ok {
		return Message{}, false
	}
	return d.waiting.pop()
}

// Topics returns the topics of the last messages of a device, the oldest first.
func (b *Inbox) Topics(name string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	d, ok := b.devices[name]
	if !ok {
		return nil
	}
	return slices.Clone(d.topics)
}

// Drop forgets a device that has gone, with its messages and topics.
func (b *Inbox) Drop(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.devices, name)
}

// Devices returns how many devices have sent something since they were dropped.
func (b *Inbox) Devices() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.devices)
}

// queue is first in, first out: what comes goes onto one stack, what leaves is taken off another one.
type queue struct {
	in, out []Message
}

func (q *queue) push(m Message) {
	q.in = append(q.in, m)
}

func (q *queue) pop() (Message, bool) {
	if len(q.out) == 0 {
		slices.Reverse(q.in)
		q.in, q.out = nil, q.in
	}
	last := len(q.out) - 1
	if last < 0 {
		return Message{}, false
	}
	m := q.out[last]
	q.out[last] = Message{}
	q.out = q.out[:last]
	return m, true
}
