package global

import (
	"sync"
	"testing"
)

func TestAdd(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(Add)
	wg.Go(func() { N++ })
	wg.Wait()
	_ = Read()
}
