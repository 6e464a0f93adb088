package rpc

import "sync"

// Message is a request or the reply with the same ID.
type Message struct {
	ID   int
	Body string
}

// Client multiplexes calls over one connection.
type Client struct {
	out chan<- Message

	mu      sync.Mutex
	nextID  int
	pending map[int]chan string
}

func NewClient(out chan<- Message) *Client {
	return &Client{out: out, pending: make(map[int]chan string)}
}

// Call sends body and waits for the reply.
func (c *Client) Call(body string) string {
	c.mu.Lock()
	c.nextID++
	id := c.nextID
	c.mu.Unlock()
	c.out <- Message{id, body}

	reply := make(chan string, 1)
	c.mu.Lock()
	c.pending[id] = reply
	c.mu.Unlock()
	return <-reply
}

// Dispatch hands incoming replies to their callers until in is closed.
func (c *Client) Dispatch(in <-chan Message) {
	for m := range in {
		c.mu.Lock()
		reply := c.pending[m.ID]
		delete(c.pending, m.ID)
		c.mu.Unlock()
		reply <- m.Body
	}
}
