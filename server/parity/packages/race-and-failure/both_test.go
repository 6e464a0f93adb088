package both

import (
	"sync"
	"testing"
)

type account struct{ balance int }

func TestAccount(t *testing.T) {
	var a account
	var wg sync.WaitGroup
	started := make(chan bool)
	wg.Go(func() {
		close(started)
		_ = a.balance
	})
	<-started
	a.balance = 2
	wg.Wait()
	t.Error("and it fails too")
}
