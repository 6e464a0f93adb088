package connpool_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/connpool"
)

var errRefused = errors.New("connection refused")

// server is what the pool connects to. It counts from the beginning of a dial to the end of a close, as a server does.
type server struct {
	t      *testing.T
	onDial func(n int) error // called while the n-th connection is being dialled, counted from 1; may be nil
	onShut func(c *conn)     // called while a connection is being closed; may be nil

	mu    sync.Mutex
	dials int
	open  int
	most  int
}

type conn struct {
	server *server
	number int // counted from 1
	uses   int // written by whoever has it leased: two at once would be a data race

	closings int // guarded by server.mu
}

func (s *server) dial(context.Context) (connpool.Conn, error) {
	s.mu.Lock()
	s.dials++
	s.open++
	s.most = max(s.most, s.open)
	n := s.dials
	s.mu.Unlock()
	if s.onDial != nil {
		if err := s.onDial(n); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.open--
			return nil, err
		}
	}
	return &conn{server: s, number: n}, nil
}

func (c *conn) Close() error {
	if c.server.onShut != nil {
		c.server.onShut(c)
	}
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.closings++
	if c.closings > 1 {
		c.server.t.Errorf("connection %d was closed twice", c.number)
		return nil
	}
	c.server.open--
	return nil
}

func (c *conn) isClosed() bool {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.closings > 0
}

// counts returns how many dials there were, how many connections are open, and how many were open at the same time at most.
func (s *server) counts() (dials, open, most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dials, s.open, s.most
}

// get leases a connection that must come within a minute.
func get(t *testing.T, p *connpool.Pool, when string) (*connpool.Lease, *conn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	lease, err := p.Get(ctx)
	if err != nil {
		t.Fatalf("%s: Get returned the error %v, want a connection", when, err)
	}
	return lease, lease.Conn().(*conn)
}

// impatient is Get of a caller who has a second.
func impatient(p *connpool.Pool) (*connpool.Lease, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return p.Get(ctx)
}

// closed closes a pool, all of whose connections have been given back.
func closed(t *testing.T, p *connpool.Pool, s *server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := p.Close(ctx); err != nil {
		t.Errorf("everything was given back, Close has waited for a minute, and returned %v", err)
	}
	if _, open, _ := s.counts(); open != 0 {
		t.Errorf("everything was given back, Close has returned, and %d connections are open", open)
	}
	if got := p.Stats(); got != (connpool.Stats{}) {
		t.Errorf("everything was given back, Close has returned: Stats() = %+v, want all zero", got)
	}
}

func TestConnectionIsUsedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(2, s.dial)
		lease, first := get(t, p, "a new pool")
		lease.Release()
		lease, again := get(t, p, "a connection is idle")
		if again != first {
			t.Errorf("connection %d was idle, and Get returned connection %d", first.number, again.number)
		}
		if got, want := p.Stats(), (connpool.Stats{Open: 1}); got != want {
			t.Errorf("one connection is leased: Stats() = %+v, want %+v", got, want)
		}
		lease.Release()
		if got, want := p.Stats(), (connpool.Stats{Open: 1, Idle: 1}); got != want {
			t.Errorf("one connection is idle: Stats() = %+v, want %+v", got, want)
		}
		closed(t, p, s)
	})
}

func TestNeverMoreThanThereArePlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t, onDial: func(int) error { time.Sleep(time.Second); return nil }}
		p := connpool.New(2, s.dial)
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				lease, _ := get(t, p, "6 callers, 2 places, each is done after a second")
				time.Sleep(time.Second)
				lease.Release()
			})
		}
		wg.Wait()
		if _, _, most := s.counts(); most > 2 {
			t.Errorf("there are 2 places, and %d connections were open or being dialled at the same time", most)
		}
		closed(t, p, s)
	})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(1, s.dial)
		lease, _ := get(t, p, "a new pool")
		begin := time.Now()
		if _, err := impatient(p); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the only connection is leased, the context ends: Get returned the error %v, want context deadline exceeded", err)
		}
		if took := time.Since(begin); took != time.Second {
			t.Errorf("Get with a deadline in 1s returned after %v", took)
		}
		if got, want := p.Stats(), (connpool.Stats{Open: 1}); got != want {
			t.Errorf("one connection is leased, nobody waits any more: Stats() = %+v, want %+v", got, want)
		}
		lease.Release()
		closed(t, p, s)
	})
}

func TestBrokenConnectionIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(1, s.dial)
		lease, broken := get(t, p, "a new pool")
		lease.Discard()
		synctest.Wait()
		if !broken.isClosed() {
			t.Error("a connection was discarded and is not closed: the server keeps it for ever")
		}
		lease, fresh := get(t, p, "the only connection was discarded")
		if fresh == broken {
			t.Error("Get returned the connection that was discarded")
		}
		lease.Release()
		closed(t, p, s)
	})
}

func TestClosedPool(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(2, s.dial)
		leased, used := get(t, p, "a new pool")
		idle, unused := get(t, p, "one of two places is free")
		idle.Release()

		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := p.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a connection is leased and the context of Close ends: it returned %v, want context deadline exceeded", err)
		}
		if !unused.isClosed() {
			t.Error("the pool is closed, and an idle connection is open")
		}
		if used.isClosed() {
			t.Error("the pool is closed, and so is a connection that somebody is using: its transaction is lost")
		}
		if _, err := p.Get(context.Background()); !errors.Is(err, connpool.ErrClosed) {
			t.Errorf("the pool is closed: Get returned the error %v, want ErrClosed", err)
		}
		leased.Release()
		closed(t, p, s)
	})
}
