package thumbs

import (
	"slices"
	"testing"
)

func TestRenderAllKeepsOrder(t *testing.T) {
	names := []string{"cat", "dog", "fox", "owl", "elk"}
	got := RenderAll(names, 3, func(name string) string { return name + "-64.png" })
	want := []string{"cat-64.png", "dog-64.png", "fox-64.png", "owl-64.png", "elk-64.png"}
	if !slices.Equal(got, want) {
		t.Errorf("rendered %v", got)
	}
}
