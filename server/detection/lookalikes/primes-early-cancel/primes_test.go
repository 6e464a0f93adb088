package primes

import (
	"slices"
	"testing"
)

func TestFirst(t *testing.T) {
	want := []int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29}
	if got := First(t.Context(), 10); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := First(t.Context(), 0); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
}
