package broken

import "fmt"

type Pool struct{ n int }

func (p *Pool) Close() error { return nil }

func Use(p *Pool) {
	p.close()
	var x int = "text"
	ctxt.Done()
	Take(1)
}

func Take(a, b int) {}

func Use(q *Pool) {}
