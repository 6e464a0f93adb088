package queue_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/queue"
)

func TestQuietHourIsNotSavedUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 100)
		join(t, q, "early")
		time.Sleep(time.Hour)
		tickets := join(t, q, "ada", "bob", "cyd", "dan")
		for i, ticket := range tickets {
			want := time.Second
			if i == 0 {
				want = 0
			}
			waits(t, fmt.Sprintf("nobody came for an hour, then 4 at once, one visitor per second; number %d", i+1), ticket, nil, want)
		}
	})
}

func TestRateIsBetweenAdmissions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 1)
		tickets := join(t, q, "ada")
		time.Sleep(300 * time.Millisecond)
		tickets = append(tickets, join(t, q, "bob", "cyd")...)
		time.Sleep(100 * time.Millisecond)
		tickets[0].Leave()
		positions(t, "0.4s after an admission the shop is empty", tickets, 0, 1, 2)
		waits(t, "0.4s after an admission, one visitor per second", tickets[1], nil, 600*time.Millisecond)
		time.Sleep(5*time.Second + 300*time.Millisecond)
		tickets[1].Leave()
		waits(t, "the shop was full for 5.3s, one visitor per second, and is empty now", tickets[2], nil, 0)
		tickets[2].Leave()
		tickets = join(t, q, "dan", "eve")
		time.Sleep(400 * time.Millisecond)
		waits(t, "joined at the moment of an admission, 0.4s ago", tickets[0], nil, 600*time.Millisecond)
		tickets[0].Leave()
		waits(t, "the next one", tickets[1], nil, time.Second)
	})
}

// Nobody calls anything for a while, and then somebody only looks.
func TestAdmissionHappensByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 3)
		tickets := join(t, q, "ada", "bob", "cyd", "dan", "eve")
		time.Sleep(1500 * time.Millisecond)
		positions(t, "1.5s after all have joined, one visitor per second, nobody waits for a ticket", tickets, 0, 0, 1, 2, 3)
		stats(t, "1.5s after all have joined, one visitor per second, nobody waits for a ticket", q, 3, 2)
		time.Sleep(10 * time.Second)
		stats(t, "10s later, three may be inside", q, 2, 3)
		tickets[0].Leave()
		time.Sleep(400 * time.Millisecond)
		tickets[1].Leave()
		time.Sleep(300 * time.Millisecond)
		positions(t, "0.7s after a place became free, 0.3s after another one", tickets, 0, 0, 0, 0, 1)
		waits(t, "the second place: admissions are a second apart", tickets[4], nil, 300*time.Millisecond)
	})
}

func TestTenTabsAreOneVisitor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 10)
		first := join(t, q, "ada", "bob", "cyd")
		again := join(t, q, "ada", "bob", "cyd", "bob")
		for i, ticket := range again[:3] {
			if ticket != first[i] {
				t.Errorf("a visitor in position %d joined a second time and got another ticket", first[i].Position())
			}
		}
		stats(t, "three visitors have joined, several times each", q, 2, 1)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { waits(t, "five tabs wait for one ticket", again[1], nil, time.Second) })
		}
		wg.Wait()
		first[1].Leave()
		back := join(t, q, "dan", "bob")
		if back[1] == first[1] {
			t.Fatal("a visitor had left, joined again and got the old ticket")
		}
		positions(t, "one has left the shop and joined again", []*queue.Ticket{first[1], first[2], back[0], back[1]}, 0, 1, 2, 3)
		first[2].Leave()
		back = append(back, join(t, q, "cyd")...)
		positions(t, "another one has left the line and joined again", []*queue.Ticket{first[2], back[0], back[1], back[2]}, 0, 1, 2, 3)
		first[1].Leave()
		first[2].Leave()
		positions(t, "their old tickets have left once more", back, 1, 2, 3)
		waits(t, "who has joined again waits for a new turn", back[2], nil, 3*time.Second)
	})
}

// Many goroutines join for the same visitors at the same moment.
func TestTabsOpenedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 1)
		var wg sync.WaitGroup
		for tab := range 8 {
			wg.Go(func() {
				for i := range 25 {
					ticket, err := q.Join(fmt.Sprint("visitor ", (i+tab)%25))
					if err != nil {
						t.Errorf("Join returned the error %v", err)
						return
					}
					ticket.Position()
					q.Stats()
				}
			})
		}
		wg.Wait()
		stats(t, "25 visitors joined in 8 tabs each, one may be inside", q, 24, 1)
	})
}

func TestLeavingTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 2)
		tickets := join(t, q, "ada", "bob", "cyd", "dan", "eve")
		time.Sleep(10 * time.Second)
		stats(t, "two may be inside", q, 3, 2)
		tickets[4].Leave()
		time.Sleep(10 * time.Second)
		stats(t, "one has left the line, nobody has left the shop", q, 2, 2)
		tickets[0].Leave()
		tickets[0].Leave()
		tickets[4].Leave()
		time.Sleep(10 * time.Second)
		stats(t, "one has left the shop, and called Leave twice", q, 1, 2)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(tickets[1].Leave)
		}
		wg.Wait()
		time.Sleep(10 * time.Second)
		stats(t, "one more has left the shop, and called Leave eight times at once", q, 0, 2)
	})
}

func TestLeavingEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Minute, 10)
		tickets := join(t, q, "ada", "bob", "cyd")
		synctest.Wait()
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				waits(t, "the visitor leaves after 5s, in another tab", tickets[1], queue.ErrLeft, 5*time.Second)
			})
		}
		time.Sleep(5 * time.Second)
		tickets[1].Leave()
		wg.Wait()
		waits(t, "the one behind", tickets[2], nil, 55*time.Second)
		tickets[0].Leave()
		waits(t, "one who was admitted and has left", tickets[0], queue.ErrLeft, 0)
	})
}

func TestDecidedIsDecided(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Minute, 10)
		tickets := join(t, q, "ada", "bob", "cyd")
		done, cancel := context.WithCancel(context.Background())
		cancel()
		synctest.Wait()
		tickets[1].Leave()
		expect := func(when string, ticket *queue.Ticket, want error) {
			t.Helper()
			for range 40 {
				if err := ticket.Wait(done); !errors.Is(err, want) {
					t.Errorf("%s, and then Wait was called with a context that is done: it returned %v, want %v", when, err, want)
					return
				}
			}
		}
		expect("a visitor was admitted", tickets[0], nil)
		expect("a visitor has left the line", tickets[1], queue.ErrLeft)
		expect("a visitor is in line", tickets[2], context.Canceled)
		q.Close()
		synctest.Wait()
		expect("the queue was closed, a visitor was in line", tickets[2], queue.ErrClosed)
		expect("the queue was closed, a visitor is inside", tickets[0], nil)
	})
}

func TestNobodyIsAdmittedAfterTheSale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 2)
		tickets := join(t, q, "ada", "bob", "cyd", "dan")
		time.Sleep(1500 * time.Millisecond)
		q.Close()
		positions(t, "two are inside, the queue is closed", tickets, 0, 0, 0, 0)
		tickets[0].Leave()
		tickets[2].Leave()
		time.Sleep(time.Minute)
		stats(t, "the queue was closed with two inside, one has left since", q, 0, 1)
		waits(t, "one who has left since the queue was closed", tickets[0], queue.ErrLeft, 0)
		waits(t, "one who is inside", tickets[1], nil, 0)
		waits(t, "one who was in line when the queue was closed, and left afterwards", tickets[2], queue.ErrClosed, 0)
		waits(t, "one who was in line when the queue was closed", tickets[3], queue.ErrClosed, 0)
		for _, visitor := range []string{"bob", "dan", "eve"} {
			if _, err := q.Join(visitor); !errors.Is(err, queue.ErrClosed) {
				t.Errorf("the queue is closed: Join returned the error %v, want ErrClosed", err)
			}
		}
		q.Close()
		tickets[1].Leave()
		stats(t, "all have left", q, 0, 0)
	})
}

// A whole evening, calculated beforehand: when each visitor comes in, given when they come, and who has no patience.
func TestEvening(t *testing.T) {
	const (
		visitors = 60
		inside   = 5
		between  = 90 * time.Millisecond
		every    = 250 * time.Millisecond
		stay     = 1501 * time.Millisecond
		patience = 2*time.Second + 1 // of every third one
	)
	synctest.Test(t, func(t *testing.T) {
		q := open(t, every, inside)
		var admitted []time.Duration // since the beginning
		var wg sync.WaitGroup
		for n := range visitors {
			comes := time.Duration(n) * between
			turn := comes
			if k := len(admitted); k > 0 {
				turn = max(turn, admitted[k-1]+every)
			}
			if k := len(admitted); k >= inside {
				turn = max(turn, admitted[k-inside]+stay)
			}
			impatient := n%3 == 2 && turn > comes+patience
			if !impatient {
				admitted = append(admitted, turn)
			}
			wg.Go(func() {
				time.Sleep(comes)
				ticket, err := q.Join(fmt.Sprint("visitor ", n))
				if err != nil {
					t.Errorf("Join returned the error %v", err)
					return
				}
				defer ticket.Leave()
				if impatient {
					time.Sleep(patience)
					if ticket.Position() == 0 {
						t.Errorf("visitor %d of the evening was admitted before %v, too early", n, comes+patience)
					}
					return
				}
				waits(t, fmt.Sprintf("visitor %d of the evening", n), ticket, nil, turn-comes)
				time.Sleep(stay)
			})
		}
		wg.Wait()
		stats(t, "the evening is over, everybody has left", q, 0, 0)
	})
}

// Few visitors in many tabs: everything happens at the same moment, again and again.
func TestCrowdedHall(t *testing.T) {
	const inside = 3
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Millisecond, inside)
		var wg sync.WaitGroup
		for tab := range 8 {
			wg.Go(func() {
				for i := range 40 {
					ticket, err := q.Join(fmt.Sprint("visitor ", (i*tab)%6))
					if err != nil {
						t.Errorf("Join returned the error %v", err)
						return
					}
					if n := ticket.Position(); n < 0 || n > 6 {
						t.Errorf("there are 6 visitors, and one has position %d", n)
					}
					ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i%4)*time.Millisecond)
					if err := ticket.Wait(ctx); err != nil && !errors.Is(err, queue.ErrLeft) && !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("Wait returned %v", err)
					}
					cancel()
					if got := q.Stats(); got.Inside < 0 || got.Inside > inside || got.Waiting < 0 || got.Waiting > 6 {
						t.Errorf("6 visitors, at most %d inside: Stats() = %+v", inside, got)
					}
					if (i+tab)%3 > 0 {
						ticket.Leave()
					}
				}
			})
		}
		wg.Wait()
		for n := range 6 {
			ticket, err := q.Join(fmt.Sprint("visitor ", n))
			if err != nil {
				t.Errorf("Join returned the error %v", err)
				return
			}
			ticket.Leave()
		}
		stats(t, "everybody has left", q, 0, 0)
	})
}
