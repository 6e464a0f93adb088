// Package cluster sends commands to all nodes at once.
package cluster

import (
	"sync"
	"sync/atomic"
)

// Node is one member.
type Node struct {
	Name    string
	version atomic.Int64
	pings   atomic.Int64
}

// Cluster is a fixed set of nodes.
type Cluster struct {
	nodes []*Node
	wg    sync.WaitGroup
}

// New returns a cluster of nodes with the given names.
func New(names ...string) *Cluster {
	c := &Cluster{}
	for _, name := range names {
		c.nodes = append(c.nodes, &Node{Name: name})
	}
	return c
}

func (c *Cluster) each(fn func(*Node)) {
	for _, n := range c.nodes {
		c.wg.Go(func() { fn(n) })
	}
	c.wg.Wait()
}

// Push sets the configuration version on all nodes.
func (c *Cluster) Push(version int64) {
	c.each(func(n *Node) { n.version.Store(version) })
}

// Ping asks every node for a sign of life and returns how many answered.
func (c *Cluster) Ping() int {
	var alive atomic.Int64
	c.each(func(n *Node) {
		n.pings.Add(1)
		alive.Add(1)
	})
	return int(alive.Load())
}
