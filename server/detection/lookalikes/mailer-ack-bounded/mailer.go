// Package mailer hands mails to a relay and waits for acknowledgements.
package mailer

import (
	"sync"
	"time"
)

const ackTimeout = 150 * time.Millisecond

// Mailer is safe for use by several goroutines.
type Mailer struct {
	mu     sync.Mutex
	acks   map[int]chan struct{}
	nextID int
	lost   int
}

// New returns a mailer with nothing on its way.
func New() *Mailer {
	return &Mailer{acks: make(map[int]chan struct{})}
}

// Send hands a mail to the relay and returns its id.
func (m *Mailer) Send(mail string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.nextID++
	ack := make(chan struct{})
	m.acks[m.nextID] = ack
	go m.await(m.nextID, ack)
	return m.nextID
}

func (m *Mailer) await(id int, ack <-chan struct{}) {
	timeout := time.NewTimer(ackTimeout)
	defer timeout.Stop()
	select {
	case <-ack:
	case <-timeout.C:
		m.mu.Lock()
		defer m.mu.Unlock()
		if _, ok := m.acks[id]; ok {
			m.lost++
			delete(m.acks, id)
		}
	}
}

// Ack is called when the relay has accepted a mail.
func (m *Mailer) Ack(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ack, ok := m.acks[id]; ok {
		close(ack)
		delete(m.acks, id)
	}
}
