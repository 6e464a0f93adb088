package order

import (
	"sync"
	"testing"
)

var a, b sync.Mutex

func both(first, second *sync.Mutex, hold *sync.WaitGroup) {
	first.Lock()
	defer first.Unlock()
	hold.Done()
	hold.Wait()
	second.Lock()
	defer second.Unlock()
}

func TestOrder(t *testing.T) {
	var hold, done sync.WaitGroup
	hold.Add(2)
	done.Go(func() { both(&a, &b, &hold) })
	done.Go(func() { both(&b, &a, &hold) })
	done.Wait()
}
