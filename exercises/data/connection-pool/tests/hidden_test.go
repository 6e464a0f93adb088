package connpool_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/connpool"
)

// What somebody may do with a lease to let the next one have its turn.
var givingBack = map[string]func(*connpool.Lease){
	"Release": (*connpool.Lease).Release,
	"Discard": (*connpool.Lease).Discard,
}

func TestDoneContextGetsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(2, s.dial)
		done, cancel := context.WithCancel(context.Background())
		cancel()
		expect := func(when string) {
			t.Helper()
			for range 40 {
				if _, err := p.Get(done); !errors.Is(err, context.Canceled) {
					t.Fatalf("%s, and the context was done before Get was called: it returned the error %v, want context canceled", when, err)
				}
			}
		}
		expect("a new pool")
		lease, _ := get(t, p, "nobody has a connection")
		lease.Release()
		expect("a connection is idle")
		if dials, _, _ := s.counts(); dials != 1 {
			t.Errorf("one Get needed a connection, 80 had a context that was done, and dial was called %d times", dials)
		}
		closed(t, p, s)
	})
}

func TestFirstComeFirstServed(t *testing.T) {
	for name, giveBack := range givingBack {
		synctest.Test(t, func(t *testing.T) {
			s := &server{t: t}
			p := connpool.New(1, s.dial)
			lease, _ := get(t, p, "a new pool")
			var mu sync.Mutex
			var order []int
			for n := range 8 {
				go func() {
					patience := 50 * time.Second
					if n%4 == 1 {
						patience = time.Second
					}
					ctx, cancel := context.WithTimeout(context.Background(), patience)
					defer cancel()
					mine, err := p.Get(ctx)
					if err != nil {
						return
					}
					mu.Lock()
					order = append(order, n)
					mu.Unlock()
					time.Sleep(time.Second)
					giveBack(mine)
				}()
				synctest.Wait() // it waits now
			}
			if got, want := p.Stats(), (connpool.Stats{Open: 1, Waiting: 8}); got != want {
				t.Errorf("the only connection is leased, 8 calls wait: Stats() = %+v, want %+v", got, want)
			}
			time.Sleep(2 * time.Second)
			giveBack(lease)
			time.Sleep(time.Minute)
			mu.Lock()
			defer mu.Unlock()
			if want := []int{0, 2, 3, 4, 6, 7}; !slices.Equal(order, want) {
				t.Errorf("callers 0 to 7 waited in this order, 1 and 5 gave up; after each %s the next one has its turn: want %v, got %v", name, want, order)
			}
			closed(t, p, s)
		})
	}
}

// Somebody waits. Whoever has the connection gives it back and wants another one at once, before the one who waits can have moved.
func TestNobodyOvertakes(t *testing.T) {
	for name, giveBack := range givingBack {
		synctest.Test(t, func(t *testing.T) {
			s := &server{t: t}
			p := connpool.New(1, s.dial)
			for range 100 {
				lease, _ := get(t, p, "nobody has the connection")
				served := make(chan error)
				go func() {
					mine, err := p.Get(context.Background())
					if err == nil {
						time.Sleep(2 * time.Second)
						mine.Release()
					}
					served <- err
				}()
				synctest.Wait() // it waits now
				giveBack(lease)
				lease, err := impatient(p)
				if err == nil {
					lease.Release()
					<-served
					t.Fatalf("a call of Get was waiting when the only connection was given back by %s; a call that came later got it", name)
				}
				if err := <-served; err != nil {
					t.Fatalf("the call of Get that had waited longest returned the error %v", err)
				}
			}
			closed(t, p, s)
		})
	}
}

// A connection or a place is on its way to a caller that has just given up.
func TestNothingIsLostToThoseWhoGaveUp(t *testing.T) {
	for name, giveBack := range givingBack {
		synctest.Test(t, func(t *testing.T) {
			s := &server{t: t}
			p := connpool.New(1, s.dial)
			for round := range 100 {
				lease, _ := get(t, p, fmt.Sprintf("a caller gave up at the moment of a %s, %d times, and everything else was given back", name, round))
				ctx, cancel := context.WithCancel(context.Background())
				gone := make(chan struct{})
				go func() {
					defer close(gone)
					if mine, err := p.Get(ctx); err == nil {
						mine.Release()
					}
				}()
				synctest.Wait() // it waits now
				cancel()
				giveBack(lease)
				<-gone
			}
			closed(t, p, s)
		})
	}
}

func TestFailedDialGivesItsPlaceToTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t, onDial: func(n int) error {
			time.Sleep(time.Second)
			if n <= 3 {
				return errRefused
			}
			return nil
		}}
		p := connpool.New(1, s.dial)
		var wg sync.WaitGroup
		defer wg.Wait()
		for n := range 3 {
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
				defer cancel()
				if _, err := p.Get(ctx); !errors.Is(err, errRefused) {
					t.Errorf("dial %d failed, and Get returned the error %v, want that of dial", n+1, err)
				}
			})
			synctest.Wait()
		}
		lease, _ := get(t, p, "three dials have failed, each one's place went to the next caller, and the fourth succeeds")
		wg.Wait()
		lease.Release()
		if got, want := p.Stats(), (connpool.Stats{Open: 1, Idle: 1}); got != want {
			t.Errorf("three dials have failed, one has succeeded: Stats() = %+v, want %+v", got, want)
		}
		closed(t, p, s)
	})
}

type trace struct{}

func TestDialGetsTheContextOfItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		var seen []any
		p := connpool.New(1, func(ctx context.Context) (connpool.Conn, error) {
			_, limited := ctx.Deadline()
			seen = append(seen, ctx.Value(trace{}), limited)
			return s.dial(ctx)
		})
		borrow := func(id int) *connpool.Lease {
			ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), trace{}, id), time.Minute)
			defer cancel()
			lease, err := p.Get(ctx)
			if err != nil {
				t.Errorf("Get returned the error %v", err)
				return nil
			}
			return lease
		}
		first := borrow(1)
		second := make(chan *connpool.Lease)
		go func() { second <- borrow(2) }()
		synctest.Wait() // it waits now
		if first != nil {
			first.Discard()
		}
		if lease := <-second; lease != nil {
			lease.Release()
		}
		if want := []any{1, true, 2, true}; !slices.Equal(seen, want) {
			t.Errorf("two calls of Get with the values 1 and 2 in their contexts, and with deadlines, each had to dial; dial saw %v, want %v", seen, want)
		}
		closed(t, p, s)
	})
}

func TestPlaceIsFreeOnceTheConnectionIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t, onShut: func(*conn) { time.Sleep(time.Second) }}
		p := connpool.New(1, s.dial)
		lease, _ := get(t, p, "a new pool")
		waited := make(chan *connpool.Lease, 1)
		go func() {
			defer close(waited)
			lease, _ := get(t, p, "somebody waits for the only place")
			waited <- lease
		}()
		synctest.Wait()
		go lease.Discard()
		lease, ok := <-waited
		if !ok {
			return
		}
		if _, _, most := s.counts(); most != 1 {
			t.Errorf("there is 1 place, closing takes a second, and the server has seen %d connections at the same time: it would have refused one", most)
		}
		lease.Release()
		closed(t, p, s)
	})
}

func TestLeaseEndsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(2, s.dial)
		old, _ := get(t, p, "a new pool")
		old.Release()
		old.Release()
		mine, first := get(t, p, "a lease was released twice")
		yours, second := get(t, p, "a lease was released twice")
		if first == second {
			t.Fatal("a lease was released twice, and its connection is now leased to two callers at once")
		}
		old.Discard()
		old.Release()
		synctest.Wait()
		if first.isClosed() || second.isClosed() {
			t.Error("a lease was released and then discarded as well: the connection was closed while its next user has it")
		}
		mine.Discard()
		mine.Discard()
		mine.Release()
		synctest.Wait()
		if got, want := p.Stats(), (connpool.Stats{Open: 1}); got != want {
			t.Errorf("of two leases one was discarded twice and then released: Stats() = %+v, want %+v", got, want)
		}
		yours.Release()
		closed(t, p, s)
	})
}

// Real time: in a bubble, waiting for a lock is not waiting.
func TestDialDisturbsNobody(t *testing.T) {
	dialling, answer := make(chan struct{}), make(chan struct{})
	s := &server{t: t}
	s.onDial = func(n int) error {
		if n == 2 {
			close(dialling)
			<-answer
		}
		return nil
	}
	p := connpool.New(3, s.dial)
	lease, first := get(t, p, "a new pool")
	var wg sync.WaitGroup
	wg.Go(func() {
		slow, _ := get(t, p, "a place is free")
		slow.Release()
	})
	<-dialling
	if got, want := p.Stats(), (connpool.Stats{Open: 2}); got != want {
		t.Errorf("one connection is leased, one is being dialled: Stats() = %+v, want %+v", got, want)
	}
	lease.Release()
	lease, again := get(t, p, "a connection is idle, another one is being dialled")
	if again != first {
		t.Errorf("connection %d was idle, and Get returned connection %d", first.number, again.number)
	}
	other, _ := get(t, p, "a place is free, and a connection is being dialled in another one")
	other.Release()
	lease.Release()
	close(answer)
	wg.Wait()
	closed(t, p, s)
}

func TestClosingDisturbsNobody(t *testing.T) {
	closing, answer := make(chan struct{}), make(chan struct{})
	s := &server{t: t}
	s.onShut = func(c *conn) {
		if c.number == 1 {
			close(closing)
			<-answer
		}
	}
	p := connpool.New(2, s.dial)
	broken, _ := get(t, p, "a new pool")
	lease, second := get(t, p, "a place is free")
	var wg sync.WaitGroup
	wg.Go(broken.Discard)
	<-closing
	lease.Release()
	lease, again := get(t, p, "a connection is idle, another one is being closed")
	if again != second {
		t.Errorf("connection %d was idle, and Get returned connection %d", second.number, again.number)
	}
	if got, want := p.Stats(), (connpool.Stats{Open: 2}); got != want {
		t.Errorf("one connection is leased, one is being closed: Stats() = %+v, want %+v", got, want)
	}
	lease.Release()
	close(answer)
	wg.Wait()
	closed(t, p, s)
}

func TestCloseTellsThoseWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t}
		p := connpool.New(1, s.dial)
		lease, _ := get(t, p, "a new pool")
		answers := make(chan error, 3)
		for range 3 {
			go func() {
				_, err := p.Get(context.Background())
				answers <- err
			}()
		}
		synctest.Wait()
		begin := time.Now()
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				closed(t, p, s)
				if took := time.Since(begin); took != 10*time.Second {
					t.Errorf("the last lease was released 10s after two calls of Close, one of them returned after %v", took)
				}
			})
		}
		synctest.Wait()
		for range 3 {
			select {
			case err := <-answers:
				if !errors.Is(err, connpool.ErrClosed) {
					t.Errorf("a Get was waiting when the pool was closed: it returned the error %v, want ErrClosed", err)
				}
			default:
				t.Error("a Get was waiting when the pool was closed, and is still waiting")
			}
		}
		time.Sleep(10 * time.Second)
		lease.Release()
		wg.Wait()
		closed(t, p, s)
	})
}

func TestDialThatEndsAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t, onDial: func(n int) error {
			time.Sleep(time.Duration(n) * time.Second)
			if n == 2 {
				return errRefused
			}
			return nil
		}}
		p := connpool.New(2, s.dial)
		var wg sync.WaitGroup
		for _, want := range []error{connpool.ErrClosed, errRefused} {
			wg.Go(func() {
				lease, err := p.Get(context.Background())
				if err == nil {
					defer lease.Release()
				}
				if !errors.Is(err, want) {
					t.Errorf("the pool was closed while Get was dialling: it returned the error %v, want %v", err, want)
				}
			})
			synctest.Wait()
		}
		begin := time.Now()
		closed(t, p, s)
		if took := time.Since(begin); took != 2*time.Second {
			t.Errorf("the last dial ended 2s after Close was called, and Close returned after %v", took)
		}
		wg.Wait()
	})
}

func TestDiscardAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{t: t, onShut: func(*conn) { time.Sleep(time.Second) }}
		p := connpool.New(3, s.dial)
		one, _ := get(t, p, "a new pool")
		two, _ := get(t, p, "a place is free")
		three, _ := get(t, p, "a place is free")
		three.Release()
		var wg sync.WaitGroup
		wg.Go(func() { closed(t, p, s) })
		synctest.Wait()
		wg.Go(one.Discard)
		wg.Go(two.Release)
		wg.Wait()
		closed(t, p, s)
	})
}

// Real parallelism: more callers than places, broken connections, refused dials and callers who give up.
func TestUnderTraffic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const places = 3
		s := &server{t: t, onDial: func(n int) error {
			if n%5 == 0 {
				return errRefused
			}
			return nil
		}}
		p := connpool.New(places, s.dial)
		var wg sync.WaitGroup
		for caller := range 8 {
			wg.Go(func() {
				for i := range 60 {
					ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // virtual: it passes only if nothing moves
					if (caller+i)%7 == 0 {
						go cancel()
					}
					lease, err := p.Get(ctx)
					cancel()
					switch {
					case err == nil:
						lease.Conn().(*conn).uses++ // a race if somebody else has it as well
						if (caller+i)%10 == 0 {
							lease.Discard()
						} else {
							lease.Release()
						}
					case !errors.Is(err, errRefused) && !errors.Is(err, context.Canceled):
						t.Errorf("under traffic Get returned the error %v", err)
					}
					if got := p.Stats(); got.Open > places || got.Idle < 0 || got.Idle > got.Open || got.Waiting < 0 {
						t.Errorf("under traffic, with %d places, Stats() = %+v", places, got)
					}
				}
			})
		}
		wg.Wait()
		if _, _, most := s.counts(); most > places {
			t.Errorf("there are %d places, and %d connections were open at the same time", places, most)
		}
		if got := p.Stats(); got.Open != got.Idle || got.Waiting != 0 {
			t.Errorf("everything was given back: Stats() = %+v, want as many idle as open, and nobody waiting", got)
		}
		closed(t, p, s)
	})
}
