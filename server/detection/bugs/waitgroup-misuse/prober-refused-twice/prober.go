// Package prober checks which hosts accept connections.
package prober

import (
	"errors"
	"maps"
	"sync"
)

// ErrRefused tells that a host is there but does not listen.
var ErrRefused = errors.New("connection refused")

// Prober dials hosts in parallel.
type Prober struct {
	Dial func(host string) error

	mu    sync.Mutex
	state map[string]string
}

// Check dials all hosts and returns the state of each.
func (p *Prober) Check(hosts ...string) map[string]string {
	p.state = make(map[string]string, len(hosts))
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err := p.Dial(host)
			switch {
			case err == nil:
				p.mark(host, "up")
			case errors.Is(err, ErrRefused):
				p.mark(host, "refused")
				wg.Done()
			default:
				p.mark(host, "down")
			}
		}()
	}
	wg.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.state)
}

func (p *Prober) mark(host, state string) {
	p.mu.Lock()
	p.state[host] = state
	p.mu.Unlock()
}
