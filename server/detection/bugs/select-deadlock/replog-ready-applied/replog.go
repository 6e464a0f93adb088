package replog

import "sync"

type Entry struct {
	Index int
	Data  string
}

// Node numbers proposals and has them applied one after the other.
type Node struct {
	propose        chan string
	ready, applied chan Entry
	stop           chan struct{}
	wg             sync.WaitGroup
	last, commit   int
}

func Start(apply func(Entry)) *Node {
	n := &Node{
		propose: make(chan string),
		ready:   make(chan Entry),
		applied: make(chan Entry),
		stop:    make(chan struct{}),
	}
	n.wg.Go(n.run)
	n.wg.Go(func() { n.applyAll(apply) })
	return n
}

func (n *Node) run() {
	defer close(n.ready)
	for {
		select {
		case data := <-n.propose:
			n.last++
			select {
			case n.ready <- Entry{n.last, data}:
			case <-n.stop:
				return
			}
		case e := <-n.applied:
			n.commit = e.Index
		case <-n.stop:
			return
		}
	}
}

func (n *Node) applyAll(apply func(Entry)) {
	for e := range n.ready {
		apply(e)
		select {
		case n.applied <- e:
		case <-n.stop:
		}
	}
}

func (n *Node) Propose(data string) { n.propose <- data }

func (n *Node) Stop() { close(n.stop); n.wg.Wait() }
