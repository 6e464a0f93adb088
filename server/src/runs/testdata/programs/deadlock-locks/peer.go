package peer

import "sync"

type Peer struct {
	mu sync.Mutex
	in chan int
}

func New() *Peer { return &Peer{in: make(chan int)} }

// Exchange sends before it receives, on both sides.
func (p *Peer) Exchange(with *Peer, n int) int {
	with.in <- n
	return <-p.in
}

func (p *Peer) Transfer(to *Peer, both *sync.WaitGroup) {
	p.mu.Lock()
	defer p.mu.Unlock()
	both.Done()
	both.Wait()
	to.mu.Lock()
	defer to.mu.Unlock()
}
