package cluster

import (
	"fmt"
	"net"
	"sync"
	"time"
)

// Peer is another member; its host and port never change.
type Peer struct {
	host, port string
	lastSeen   time.Time
	beats      int
}

// Addr is the address to dial.
func (p Peer) Addr() string { return net.JoinHostPort(p.host, p.port) }

// Cluster knows all members by ID.
type Cluster struct {
	mu    sync.Mutex
	peers map[string]*Peer
}

func (c *Cluster) Heartbeat(id string, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.peers[id]; ok {
		p.lastSeen = at
		p.beats++
	}
}

// Route returns the address of the member that serves id.
func (c *Cluster) Route(id string) (string, error) {
	c.mu.Lock()
	p, ok := c.peers[id]
	c.mu.Unlock()
	if !ok {
		return "", fmt.Errorf("no peer %q", id)
	}
	return p.Addr(), nil
}
