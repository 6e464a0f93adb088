package attack_test

import (
	"sync"
	"testing"

	"sandbox/attack"
)

func TestCounter(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				attack.Hit()
			}
		})
	}
	wg.Wait()
	if attack.Hits() < 0 {
		t.Error("a counter never goes below zero")
	}
}
