package cluster

import (
	"sync"
	"testing"
	"time"
)

func TestRouteDuringHeartbeats(t *testing.T) {
	c := &Cluster{peers: map[string]*Peer{"n1": {host: "10.0.0.7", port: "7946"}}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { c.Heartbeat("n1", time.Now()) })
		wg.Go(func() {
			if addr, err := c.Route("n1"); err != nil || addr != "10.0.0.7:7946" {
				t.Errorf("Route = %q, %v", addr, err)
			}
		})
	}
	wg.Wait()
}
