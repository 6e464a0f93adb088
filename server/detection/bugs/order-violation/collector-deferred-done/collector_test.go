package collector

import (
	"maps"
	"testing"
)

func TestTotals(t *testing.T) {
	c := New()
	want := map[string]int{"cpu": 6, "disk": 15, "net": 0}
	for name, total := range want {
		samples := make(chan int)
		c.Add(name, samples)
		for v := 1; total > 0; v++ {
			samples <- v
			total -= v
		}
		close(samples)
	}
	if got := c.Totals(); !maps.Equal(got, want) {
		t.Errorf("Totals = %v, want %v", got, want)
	}
}
