// Package graceful serves HTTP until it is told to stop, and then lets everybody finish.
package graceful

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// connections knows which connections there are, and which of them have a request.
type connections struct {
	mu      sync.Mutex
	state   map[net.Conn]http.ConnState
	leaving bool
	empty   chan struct{} // closed when leaving and the last one has gone
	closed  bool
}

func (c *connections) note(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateClosed, http.StateHijacked:
		delete(c.state, conn)
	default:
		c.state[conn] = state
	}
	if c.leaving && state == http.StateIdle {
		conn.Close()
	}
	c.check()
}

// leave closes those that have no request, and from now on each one that has answered its last.
func (c *connections) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leaving = true
	for conn, state := range c.state {
		if state != http.StateActive {
			conn.Close()
		}
	}
	c.check()
}

// check is called with the lock held.
func (c *connections) check() {
	if c.leaving && len(c.state) == 0 && !c.closed {
		c.closed = true
		close(c.empty)
	}
}

// Run serves the requests that come in through l with h until ctx is done. Then it accepts no more, and waits up to
// grace for those that are being served.
func Run(ctx context.Context, l net.Listener, h http.Handler, grace time.Duration) error {
	requests, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	open := &connections{state: make(map[net.Conn]http.ConnState), empty: make(chan struct{})}
	server := &http.Server{
		Handler:     h,
		BaseContext: func(net.Listener) context.Context { return requests },
		ConnState:   open.note,
	}
	defer server.Close()
	stop := context.AfterFunc(ctx, func() { l.Close() }) // ends Serve, and nothing else
	defer stop()

	if err := server.Serve(l); ctx.Err() == nil {
		return fmt.Errorf("graceful: serving: %w", err)
	}
	server.SetKeepAlivesEnabled(false)
	open.leave()
	patience := time.NewTimer(grace)
	defer patience.Stop()
	select {
	case <-open.empty:
		return nil
	case <-patience.C:
		return fmt.Errorf("graceful: requests were cut off: %w", context.DeadlineExceeded)
	}
}
