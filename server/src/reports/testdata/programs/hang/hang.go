package hang

import "sync"

type Peer struct {
	mu  sync.Mutex
	rw  sync.RWMutex
	in  chan int
	wg  sync.WaitGroup
	c   *sync.Cond
}

func New() *Peer {
	p := &Peer{in: make(chan int)}
	p.c = sync.NewCond(&p.mu)
	return p
}

func (p *Peer) Send(n int) {
	p.in <- n
}

func (p *Peer) Recv() int {
	return <-p.in
}

func (p *Peer) Range() (s int) {
	for n := range p.in {
		s += n
	}
	return s
}

func (p *Peer) Select(done chan bool) {
	select {
	case p.in <- 1:
	case <-done:
	}
}

func (p *Peer) Transfer(to *Peer, both *sync.WaitGroup) {
	p.mu.Lock()
	defer p.mu.Unlock()
	both.Done()
	both.Wait()
	to.mu.Lock()
	defer to.mu.Unlock()
}

func (p *Peer) Read() {
	p.rw.RLock()
	defer p.rw.RUnlock()
}

func (p *Peer) Await() {
	p.mu.Lock()
	p.c.Wait()
	p.mu.Unlock()
}

func Rec(n int, ch chan int) {
	if n == 0 {
		<-ch
		return
	}
	Rec(n-1, ch)
}
