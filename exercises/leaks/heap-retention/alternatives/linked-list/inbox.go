// Package inbox holds what devices have sent until somebody takes it.
package inbox

import (
	"container/list"
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

	mu      sync.RWMutex
	devices map[string]*device // those that have sent something and are not dropped
}

type device struct {
	waiting *list.List // of Message
	topics  []string   // of the last messages
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
		d = &device{waiting: list.New()}
		b.devices[strings.Clone(name)] = d // the name may be a piece of something large
	}
	d.waiting.PushBack(Message{Topic: topic, Body: body}) // shares the frame's memory, for as long as it waits
	d.topics = append(d.topics, strings.Clone(topic))     // outlives the frame, so it must not share
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
	first := d.waiting.Front()
	if first == nil {
		return Message{}, false
	}
	return d.waiting.Remove(first).(Message), true
}

// Topics returns the topics of the last messages of a device, the oldest first.
func (b *Inbox) Topics(name string) []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
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
