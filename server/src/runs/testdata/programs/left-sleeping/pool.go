package pool

type Pool struct {
	pause func()
}

// Start reaps from time to time, and nothing ends it.
func (p *Pool) Start() {
	go func() {
		for {
			p.pause()
		}
	}()
}
