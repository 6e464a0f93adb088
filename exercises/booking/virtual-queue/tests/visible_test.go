package queue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/queue"
)

// In all tests time is virtual: it passes only while everybody waits.

// open makes a queue that is closed when the test is over.
func open(t *testing.T, every time.Duration, inside int) *queue.Queue {
	t.Helper()
	q := queue.New(every, inside)
	t.Cleanup(q.Close)
	return q
}

// join puts visitors in line, one after the other.
func join(t *testing.T, q *queue.Queue, visitors ...string) []*queue.Ticket {
	t.Helper()
	var tickets []*queue.Ticket
	for _, v := range visitors {
		ticket, err := q.Join(v)
		if err != nil || ticket == nil {
			t.Fatalf("Join(%q) returned (%v, %v), want a ticket", v, ticket, err)
		}
		tickets = append(tickets, ticket)
	}
	return tickets
}

// positions expects positions, once whoever can move has moved.
func positions(t *testing.T, when string, tickets []*queue.Ticket, want ...int) {
	t.Helper()
	synctest.Wait()
	var got []int
	for _, ticket := range tickets {
		got = append(got, ticket.Position())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: the positions are %v, want %v (0: not in line)", when, got, want)
	}
}

// stats expects Stats, once whoever can move has moved.
func stats(t *testing.T, when string, q *queue.Queue, waiting, inside int) {
	t.Helper()
	synctest.Wait()
	if got, want := q.Stats(), (queue.Stats{Waiting: waiting, Inside: inside}); got != want {
		t.Errorf("%s: Stats() = %+v, want %+v", when, got, want)
	}
}

// waits expects what Wait returns, and when, counted from now. What comes later than a day does not come.
func waits(t *testing.T, when string, ticket *queue.Ticket, want error, after time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 24*time.Hour)
	defer cancel()
	begin := time.Now()
	if err := ticket.Wait(ctx); !errors.Is(err, want) {
		t.Errorf("%s: Wait returned %v, want %v", when, err, want)
	} else if took := time.Since(begin); took != after {
		t.Errorf("%s: Wait returned after %v, want %v", when, took, after)
	}
}

func TestOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, 700*time.Millisecond, 100)
		tickets := join(t, q, "ada", "bob", "cyd", "dan")
		positions(t, "four visitors have joined, the first one is admitted", tickets, 0, 1, 2, 3)
		stats(t, "four visitors have joined, the first one is admitted", q, 3, 1)
		waits(t, "the first one", tickets[0], nil, 0)
		for i, ticket := range tickets[1:] {
			waits(t, fmt.Sprintf("one visitor per 700ms, number %d is the next", i+2), ticket, nil, 700*time.Millisecond)
		}
		positions(t, "all are inside", tickets, 0, 0, 0, 0)
		stats(t, "all are inside", q, 0, 4)
	})
}

func TestLimitInside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Second, 2)
		tickets := join(t, q, "ada", "bob", "cyd", "dan")
		time.Sleep(10*time.Second + 300*time.Millisecond)
		positions(t, "two may be inside and two are", tickets, 0, 0, 1, 2)
		tickets[1].Leave()
		waits(t, "a visitor has left the shop, and the last admission was long ago", tickets[2], nil, 0)
		tickets[0].Leave()
		waits(t, "the next one has left at the same moment, and two admissions are a second apart", tickets[3], nil, time.Second)
		stats(t, "two have left, two were admitted", q, 0, 2)
	})
}

func TestReloadingKeepsThePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Minute, 10)
		tickets := join(t, q, "ada", "bob", "cyd")
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		begin := time.Now()
		if err := tickets[1].Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the context ends after 5s, the turn comes after 60s: Wait returned %v, want context deadline exceeded", err)
		}
		if took := time.Since(begin); took != 5*time.Second {
			t.Errorf("Wait with a deadline in 5s returned after %v", took)
		}
		positions(t, "the context of a Wait ended", tickets, 0, 1, 2)
		waits(t, "waiting again for the same ticket", tickets[1], nil, 55*time.Second)
	})
}

func TestWhoLeavesTheLineHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Minute, 10)
		tickets := join(t, q, "ada", "bob", "cyd", "dan", "eve")
		time.Sleep(59 * time.Second)
		tickets[3].Leave()
		positions(t, "the third in line has left", tickets, 0, 1, 2, 0, 3)
		tickets[1].Leave()
		positions(t, "the head of the line has left as well", tickets, 0, 0, 1, 0, 2)
		waits(t, "a second before the admission, those before have left", tickets[2], nil, time.Second)
		waits(t, "the last one", tickets[4], nil, time.Minute)
		waits(t, "one who left the line", tickets[1], queue.ErrLeft, 0)
		stats(t, "three were admitted, two have left the line", q, 0, 3)
	})
}

func TestTheSaleIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := open(t, time.Minute, 10)
		tickets := join(t, q, "ada", "bob")
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), 24*time.Hour)
		defer cancel()
		answer := make(chan error, 1)
		go func() { answer <- tickets[1].Wait(ctx) }()
		synctest.Wait()
		q.Close()
		synctest.Wait()
		select {
		case err := <-answer:
			if !errors.Is(err, queue.ErrClosed) {
				t.Errorf("a visitor was waiting when the queue was closed: Wait returned %v, want ErrClosed", err)
			}
		default:
			t.Error("a visitor was waiting when the queue was closed, and is still waiting")
			<-answer
		}
		if _, err := q.Join("cyd"); !errors.Is(err, queue.ErrClosed) {
			t.Errorf("the queue is closed: Join returned the error %v, want ErrClosed", err)
		}
		stats(t, "one was admitted before the queue was closed", q, 0, 1)
	})
}
