package wordcount

import (
	"slices"
	"strings"
	"testing"
)

func TestCount(t *testing.T) {
	docs := []string{
		strings.Repeat("lorem ipsum ", 40),
		"a short note",
		strings.Repeat("dolor sit amet ", 30),
		"the end",
	}
	want := []int{80, 3, 90, 2}
	if got := Count(docs, 2); !slices.Equal(got, want) {
		t.Errorf("Count = %v, want %v", got, want)
	}
	if got := Count(nil, 2); len(got) != 0 {
		t.Errorf("Count(nil) = %v", got)
	}
}
