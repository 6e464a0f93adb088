package attack

import "sync"

type aTypeWithANameSoLongThatEveryFrameOfItsMethodsFillsALineOfTheTraceback[T any] struct{ value T }

func (a aTypeWithANameSoLongThatEveryFrameOfItsMethodsFillsALineOfTheTraceback[T]) descend(depth int, ready *sync.WaitGroup) {
	if depth > 0 {
		a.descend(depth-1, ready)
		return
	}
	ready.Done()
	select {}
}

func Run() {
	var ready sync.WaitGroup
	for range 400 {
		ready.Add(1)
		go aTypeWithANameSoLongThatEveryFrameOfItsMethodsFillsALineOfTheTraceback[map[string][]chan struct{}]{}.descend(40, &ready)
	}
	ready.Wait()
	panic("a traceback of millions of lines")
}
