package mailbox

import "sync"

// Mailbox is an unbounded queue between two actors.
type Mailbox struct {
	mu    sync.Mutex
	items []string
	wake  chan struct{}
}

func New() *Mailbox { return &Mailbox{wake: make(chan struct{})} }

// Push adds a message; it never blocks.
func (m *Mailbox) Push(msg string) {
	m.mu.Lock()
	m.items = append(m.items, msg)
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// Pop takes the oldest message, waiting for one if there is none.
func (m *Mailbox) Pop() string {
	for {
		m.mu.Lock()
		if len(m.items) > 0 {
			msg := m.items[0]
			m.items = m.items[1:]
			m.mu.Unlock()
			return msg
		}
		m.mu.Unlock()
		<-m.wake
	}
}
