package hang

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestExchange(t *testing.T) {
	p := New()
	var wg sync.WaitGroup
	wg.Go(func() { p.Send(1) })
	wg.Wait()
}

func TestTransfer(t *testing.T) {
	a, b := New(), New()
	var both, wg sync.WaitGroup
	both.Add(2)
	wg.Go(func() { a.Transfer(b, &both) })
	wg.Go(func() { b.Transfer(a, &both) })
	wg.Wait()
}

func TestZoo(t *testing.T) {
	p := New()
	go p.Send(1)
	q := New()
	go q.Recv()
	go q.Range()
	r := New()
	go r.Select(make(chan bool))
	go r.Select(nil)
	p.rw.Lock()
	go p.Read()
	go func() { p.rw.Lock() }()
	go p.Await()
	var nilChan chan int
	go func() { <-nilChan }()
	go func() { nilChan <- 1 }()
	go func() { select {} }()
	go func() { time.Sleep(time.Hour) }()
	go Rec(200, make(chan int))
	go func() {
		for {
		}
	}()
	p.wg.Add(1)
	go p.wg.Wait()
	t.Run("sub", func(t *testing.T) {
		go func() {
			go q.Recv()
			q.Recv()
		}()
		time.Sleep(50 * time.Millisecond)
		p.wg.Wait()
	})
}

func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New()
		go p.Send(2)
		p.mu.Lock()
		p.mu.Lock()
	})
}
