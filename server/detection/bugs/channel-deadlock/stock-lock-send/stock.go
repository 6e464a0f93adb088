package stock

import "sync"

const reorderBelow, reorderSize = 3, 10

// Stock counts articles and refills those that run low in the background.
type Stock struct {
	mu    sync.Mutex
	count map[string]int
	low   chan string
	done  sync.WaitGroup
}

func New(initial map[string]int) *Stock {
	s := &Stock{count: initial, low: make(chan string)}
	s.done.Go(s.refill)
	return s
}

func (s *Stock) refill() {
	for sku := range s.low {
		s.mu.Lock()
		s.count[sku] += reorderSize
		s.mu.Unlock()
	}
}

// Take removes n pieces of an article.
func (s *Stock) Take(sku string, n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count[sku] < n {
		return false
	}
	s.count[sku] -= n
	if s.count[sku] < reorderBelow {
		s.low <- sku
	}
	return true
}

// Close waits for refills under way and returns the final counts.
func (s *Stock) Close() map[string]int {
	close(s.low)
	s.done.Wait()
	return s.count
}
