package pool

import "testing"

func TestLiveWhileClosing(t *testing.T) {
	p := New()
	conns := make([]*Conn, 30)
	for i := range conns {
		conns[i] = p.Open()
	}
	closed := make(chan struct{})
	go func() {
		for _, c := range conns {
			c.Close()
		}
		close(closed)
	}()
	for range 30 {
		p.Live()
	}
	<-closed
	if n := p.Live(); n != 0 {
		t.Errorf("%d connections left in the pool", n)
	}
}
