package deadlock

import "sync"

type Box struct{ mu sync.Mutex }

func (b *Box) Outer() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.Inner()
}

func (b *Box) Inner() {
	b.mu.Lock()
	defer b.mu.Unlock()
}
