package both

import (
	"sync"
	"testing"
)

func TestMap(t *testing.T) {
	m := map[int]int{}
	var wg sync.WaitGroup
	var turn sync.Mutex
	wg.Go(func() { m[1] = 1 })
	wg.Wait()
	started := make(chan bool)
	wg.Go(func() {
		turn.Lock()
		turn.Unlock()
		close(started)
		_ = m[1]
	})
	<-started
	m[2] = 2
	wg.Wait()
	t.Error("and it fails too")
}
