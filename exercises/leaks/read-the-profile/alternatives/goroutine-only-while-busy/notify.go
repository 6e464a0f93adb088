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

// conn has a goroutine only while it has messages: who is quiet costs none, and can leave none behind.
type conn struct {
	deliver func(frame []byte)
	outbox  []string // messages that wait
	busy    bool     // a goroutine delivers
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
	c := &conn{deliver: deliver}
	h.conns[user] = c
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
	if len(c.outbox) == waiting {
		return false
	}
	c.outbox = append(c.outbox, message)
	if !c.busy {
		c.busy = true
		go h.run(c)
	}
	return true
}

// Close ends all connections. Nobody can connect any more.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	clear(h.conns)
}

func (h *Hub) disconnect(user string, c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.conns[user] != c {
		return // the user has connected anew, and that connection must stay
	}
	delete(h.conns, user)
}

// run delivers what waits, also for a connection that is in the map no longer.
func (h *Hub) run(c *conn) {
	frame := make([]byte, 0, frameBytes)
	for message, more := h.next(c); more; message, more = h.next(c) {
		frame = append(frame[:0], message...)
		c.deliver(frame)
	}
}

// next takes the message that has waited longest. Where there is none, the goroutine is on its way out.
func (h *Hub) next(c *conn) (message string, more bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(c.outbox) == 0 {
		c.busy = false
		return "", false
	}
	message = c.outbox[0]
	c.outbox = c.outbox[1:]
	return message, true
}
