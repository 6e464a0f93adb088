package sequencer

import (
	"sync"
	"testing"
)

func TestTurnsAreTakenInOrder(t *testing.T) {
	const goroutines, rounds = 3, 30
	var s Sequencer
	var taken []int
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for r := range rounds {
				turn := r*goroutines + g
				s.Do(turn, func() { taken = append(taken, turn) })
			}
		})
	}
	wg.Wait()
	if len(taken) != goroutines*rounds {
		t.Fatalf("%d turns taken, want %d", len(taken), goroutines*rounds)
	}
	for i, turn := range taken {
		if turn != i {
			t.Fatalf("turn %d was taken as number %d", turn, i)
		}
	}
}
