package fuzz

import "testing"

func FuzzSmall(f *testing.F) {
	for _, n := range []int{1, 200, 3} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int) {
		if n > 100 {
			t.Fatalf("%d is too large", n)
		}
	})
}
