package pool

type Pool struct{ n int }

func (p *Pool) Close() error { return nil }

func Use(p *Pool) {
	p.close()
	ctxt.Done()
}
