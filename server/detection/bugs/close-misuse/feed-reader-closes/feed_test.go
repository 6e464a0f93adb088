package feed

import (
	"fmt"
	"testing"
)

func archive(page int) []Entry {
	if page == 50 {
		return nil
	}
	batch := make([]Entry, 4)
	for i := range batch {
		batch[i] = Entry{Page: page, Index: i}
	}
	return batch
}

func TestLatest(t *testing.T) {
	for _, n := range []int{1, 3, 6, 10} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			got := Open(archive).Latest(n)
			if last := got[n-1]; last.Page != (n-1)/4 || last.Index != (n-1)%4 {
				t.Errorf("entry %d is %+v", n, last)
			}
		})
	}
}
