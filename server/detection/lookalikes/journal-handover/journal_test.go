package journal

import (
	"fmt"
	"slices"
	"testing"
)

func TestLinesAreWrittenInOrder(t *testing.T) {
	var j Journal
	var want []string
	for i := range 12 {
		line := fmt.Sprintf("entry %d", i)
		want = append(want, line)
		j.Append(line)
	}
	if got := j.Lines(); !slices.Equal(got, want) {
		t.Errorf("journal has %q, want %q", got, want)
	}
}
