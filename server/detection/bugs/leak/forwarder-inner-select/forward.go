// Package forward passes messages on and cuts those that are too long.
package forward

// Forwarder sits between a sender and a receiver.
type Forwarder struct {
	in     chan string
	out    chan string
	limits chan int
	done   chan struct{}
	limit  int
}

// New starts a forwarder that lets limit bytes of each message pass.
func New(limit int) *Forwarder {
	f := &Forwarder{
		in:     make(chan string),
		out:    make(chan string),
		limits: make(chan int),
		done:   make(chan struct{}),
		limit:  limit,
	}
	go f.run()
	return f
}

func (f *Forwarder) run() {
	for {
		select {
		case msg := <-f.in:
			f.deliver(msg)
		case f.limit = <-f.limits:
		case <-f.done:
			return
		}
	}
}

func (f *Forwarder) deliver(msg string) {
	for {
		cut := msg[:min(len(msg), f.limit)]
		select {
		case f.out <- cut:
			return
		case f.limit = <-f.limits:
		}
	}
}

// Send hands a message to the forwarder.
func (f *Forwarder) Send(msg string) { f.in <- msg }

// SetLimit changes how much passes, also of a message not yet received.
func (f *Forwarder) SetLimit(limit int) { f.limits <- limit }

// Messages returns the receiving end.
func (f *Forwarder) Messages() <-chan string { return f.out }

// Close ends the forwarder. Messages not yet received are lost.
func (f *Forwarder) Close() { close(f.done) }
