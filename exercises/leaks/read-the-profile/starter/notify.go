// Package notify passes messages on to the users who are online.
package notify

import "sync"

const (
	waiting    = 16       // messages that may wait for one connection
	frameBytes = 16 << 10 // what most messages fit into
)

// Hub knows the connection of each user who is online: one for each, the newest.
type Hub struct {
	mu     sync.Mutex
	conns  map[string]*conn
	closed bool
}

type conn struct {
	outbox chan string
}

// New returns a hub with nobody online.
func New() *Hub {
	return &Hub{conns: make(map[string]*conn)}
}

// Connect puts a user online. Messages are given to deliver one after the other; a frame is valid until deliver returns.
// A connection that the user has already is replaced.
func (h *Hub) Connect(user string, deliver func(frame []byte)) (disconnect func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return func() {}
	}
	c := &conn{outbox: make(chan string, waiting)}
	h.conns[user] = c
	go c.run(deliver)
	return func() { h.disconnect(user, c) }
}

// Notify gives the user's connection a message and tells whether it was accepted. It never waits.
func (h *Hub) Notify(user, message string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, online := h.conns[user]
	if !online {
		return false
	}
	select {
	case c.outbox <- message:
		return true
	default:
		return false
	}
}

// Close ends all connections. Nobody can connect any more.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, c := range h.conns {
		close(c.outbox)
	}
	clear(h.conns)
}

func (h *Hub) disconnect(user string, c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.conns[user] != c {
		return // the user has connected anew, and that connection must stay
	}
	delete(h.conns, user)
	close(c.outbox)
}

func (c *conn) run(deliver func(frame []byte)) {
	frame := make([]byte, 0, frameBytes)
	for message := range c.outbox {
		frame = append(frame[:0], message...)
		deliver(frame)
	}
}
