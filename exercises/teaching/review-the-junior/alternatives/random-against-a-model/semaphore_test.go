package semaphore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"sandbox/semaphore"
)

// call is an Acquire that has been made and may still be waiting.
type call struct {
	n      int
	cancel context.CancelFunc
	result chan error
}

// model is a semaphore for one user at a time: what the contract says, and nothing else.
type model struct {
	size, held int
	line       []*call
}

// serve returns the calls that can go on.
func (m *model) serve() (granted []*call) {
	for len(m.line) > 0 && m.held+m.line[0].n <= m.size {
		granted = append(granted, m.line[0])
		m.held += m.line[0].n
		m.line = m.line[1:]
	}
	return granted
}

func (m *model) leave(c *call) {
	m.line = slices.DeleteFunc(slices.Clone(m.line), func(one *call) bool { return one == c })
}

// pair is a semaphore beside its model. The same is done to both, and after every step they are compared.
type pair struct {
	t     *testing.T
	model model
	real  *semaphore.Semaphore
	story []string
}

func (p *pair) note(format string, args ...any) {
	p.story = append(p.story, fmt.Sprintf(format, args...))
}

func (p *pair) wrong(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf("after %q: %s", p.story, fmt.Sprintf(format, args...))
}

// settle compares who has returned: those who were granted have, with nil, and those in line have not.
func (p *pair) settle(granted []*call) {
	p.t.Helper()
	synctest.Wait()
	for _, c := range granted {
		select {
		case err := <-c.result:
			if err != nil {
				p.wrong("Acquire of %d returned %v", c.n, err)
			}
		default:
			p.wrong("Acquire of %d waits, and there is room for it", c.n)
		}
	}
	for _, c := range p.model.line {
		select {
		case err := <-c.result:
			p.wrong("Acquire of %d returned %v, and it has to wait", c.n, err)
		default:
		}
	}
}

func (p *pair) acquire(n int) {
	p.note("acquire %d", n)
	ctx, cancel := context.WithCancel(context.Background())
	c := &call{n: n, cancel: cancel, result: make(chan error, 1)}
	go func() { c.result <- p.real.Acquire(ctx, n) }()
	p.model.line = append(p.model.line, c)
	p.settle(p.model.serve())
}

func (p *pair) tryAcquire(n int) {
	p.note("try %d", n)
	want := len(p.model.line) == 0 && p.model.held+n <= p.model.size
	if p.real.TryAcquire(n) != want {
		p.wrong("TryAcquire(%d) returned %v", n, !want)
	}
	if want {
		p.model.held += n
	}
}

func (p *pair) release(n int) {
	p.note("release %d", n)
	p.real.Release(n)
	p.model.held -= n
	p.settle(p.model.serve())
}

func (p *pair) cancel(c *call) {
	p.note("cancel an acquire of %d", c.n)
	c.cancel()
	synctest.Wait()
	p.mustHaveGivenUp(c)
	p.model.leave(c)
	p.settle(p.model.serve())
}

func (p *pair) mustHaveGivenUp(c *call) {
	p.t.Helper()
	select {
	case err := <-c.result:
		if !errors.Is(err, context.Canceled) {
			p.wrong("Acquire of %d was cancelled and returned %v", c.n, err)
		}
	default:
		p.wrong("Acquire of %d was cancelled and waits", c.n)
	}
}

// cancelAndRelease does both without waiting in between. The result of the call tells which of them came first.
func (p *pair) cancelAndRelease(c *call, n int) {
	p.note("cancel an acquire of %d while releasing %d", c.n, n)
	c.cancel()
	p.real.Release(n)
	synctest.Wait()
	p.model.held -= n
	select {
	case err := <-c.result:
		c.result <- err // so that it can be looked at again
		if err != nil {
			p.mustHaveGivenUp(c)
			p.model.leave(c)
			p.settle(p.model.serve())
			return
		}
	default:
	}
	granted := p.model.serve()
	if !slices.Contains(granted, c) {
		p.wrong("Acquire of %d was cancelled, had no room, and did not return its error", c.n)
	}
	p.settle(granted)
}

func (p *pair) step(random *rand.Rand) {
	n := 1 + random.IntN(p.model.size)
	held, line := p.model.held, p.model.line
	switch action := random.IntN(10); {
	case action < 4 && len(line) < 5:
		p.acquire(n)
	case action < 6 && held > 0:
		p.release(1 + random.IntN(held))
	case action < 7 && len(line) > 0:
		p.cancel(line[random.IntN(len(line))])
	case action < 9 && len(line) > 0 && held > 0:
		p.cancelAndRelease(line[random.IntN(len(line))], 1+random.IntN(held))
	default:
		p.tryAcquire(n)
	}
}

// end lets everybody out. The contexts of calls that were granted are never cancelled: nothing may wait for that.
func (p *pair) end() {
	for len(p.model.line) > 0 {
		p.cancel(p.model.line[0])
	}
	if p.model.held > 0 {
		p.release(p.model.held)
	}
	p.tryAcquire(p.model.size)
	p.tryAcquire(1)
}

func TestRandomStepsAgainstTheModel(t *testing.T) {
	for seed := range uint64(40) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 36))
			size := 2 + random.IntN(4)
			p := &pair{t: t, model: model{size: size}, real: semaphore.New(size)}
			for range 80 {
				p.step(random)
			}
			p.end()
		})
	}
}

func TestRefusals(t *testing.T) {
	s := semaphore.New(2)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Acquire(done, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("the context was done, and Acquire returned %v", err)
	}
	if err := s.Acquire(t.Context(), 3); !errors.Is(err, semaphore.ErrTooLarge) {
		t.Errorf("3 of 2 permits were asked for, and Acquire returned %v", err)
	}
	for held := range 3 {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d permits were held, and Release(%d) did not panic", held, held+1)
				}
			}()
			s.Release(held + 1)
		}()
		if took := s.TryAcquire(1); took != (held < 2) {
			t.Fatalf("%d of 2 permits were held after a refused Release, and TryAcquire(1) returned %v", held, took)
		}
	}
}

// The permits guard a map, as they would in a program: who is inside without one is seen by the race detector.
func TestOnlyOneInside(t *testing.T) {
	s := semaphore.New(1)
	visits := map[int]int{}
	var wg sync.WaitGroup
	for visitor := range 6 {
		wg.Go(func() {
			for range 50 {
				if !s.TryAcquire(1) {
					if err := s.Acquire(t.Context(), 1); err != nil {
						t.Errorf("Acquire returned %v", err)
						return
					}
				}
				visits[visitor]++
				s.Release(1)
			}
		})
	}
	wg.Wait()
	for visitor := range 6 {
		if visits[visitor] != 50 {
			t.Errorf("visitor %d was inside %d times, not 50", visitor, visits[visitor])
		}
	}
}
