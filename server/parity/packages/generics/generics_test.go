package generics

import (
	"fmt"
	"testing"
)

func check[T any](t *testing.T, got, want T) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v (%T)", got, want, got)
	}
}

func TestSorted(t *testing.T) {
	for i, item := range Of("b", "a", "c").Sorted() {
		t.Log(i, item)
	}
	check(t, len(Of(1, 1, 2)), 2)
	check(t, Of(1), Ints{2: {}})
	check(t, fmt.Sprintf("%T", List[string]{}), "")
}
