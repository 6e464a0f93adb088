// Package thumbs renders thumbnails on a pool of workers.
package thumbs

import "sync"

type job struct {
	name string
	out  *string
}

type pool struct {
	jobs    chan job
	pending sync.WaitGroup
	render  func(string) string
}

func newPool(workers int, render func(string) string) *pool {
	p := &pool{jobs: make(chan job), render: render}
	for range workers {
		go p.work()
	}
	return p
}

func (p *pool) work() {
	for j := range p.jobs {
		*j.out = p.render(j.name)
		p.pending.Done()
	}
}

func (p *pool) submit(j job) {
	p.pending.Add(1)
	p.jobs <- j
}

// RenderAll renders the named images with at most the given number of workers.
func RenderAll(names []string, workers int, render func(string) string) []string {
	p := newPool(workers, render)
	rendered := make([]string, len(names))
	for i, name := range names {
		p.submit(job{name: name, out: &rendered[i]})
	}
	p.pending.Wait()
	return rendered
}
