package heat

import (
	"slices"
	"testing"
)

func rod() []float64 {
	cells := make([]float64, 60)
	cells[0], cells[31], cells[59] = 90, 300, 12
	return cells
}

func TestWorkersDoNotChangeTheResult(t *testing.T) {
	want := New(rod(), 1).Steps(40)
	for _, workers := range []int{2, 4, 7} {
		if got := New(rod(), workers).Steps(40); !slices.Equal(got, want) {
			t.Errorf("%d workers: %v, want %v", workers, got, want)
		}
	}
}
