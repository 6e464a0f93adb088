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
	devices map[string]*device
}

type device struct {
	online  bool
	waiting []Message
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
	d := b.device(name)
	d.online = true
	d.waiting = append(d.waiting, Message{Topic: topic, Body: body})
	d.topics = append(d.topics, topic)
	if len(d.topics) > b.keep {
		d.topics = d.topics[1:]
	}
	return nil
}

// Take returns the oldest message of a device that nobody has taken. It reports false when there is none.
func (b *Inbox) Take(name string) (Message, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := b.device(name)
	if len(d.waiting) == 0 {
		return Message{}, false
	}
	m := d.waiting[0]
	d.waiting = d.waiting[1:]
	return m, true
}

// Topics returns the topics of the last messages of a device, the oldest first.
func (b *Inbox) Topics(name string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.device(name).topics)
}

// Drop forgets a device that has gone, with its messages and topics.
func (b *Inbox) Drop(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := b.device(name)
	d.online = false
	d.waiting, d.topics = nil, nil
}

// Devices returns how many devices have sent something since they were dropped.
func (b *Inbox) Devices() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, d := range b.devices {
		if d.online {
			n++
		}
	}
	return n
}

func (b *Inbox) device(name string) *device {
	d, ok := b.devices[name]
	if !ok {
		d = &device{}
		b.devices[name] = d
	}
	return d
}
