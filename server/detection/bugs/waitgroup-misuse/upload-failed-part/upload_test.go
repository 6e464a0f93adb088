package upload

import (
	"errors"
	"slices"
	"testing"
)

type diskFull map[string]bool

func (d diskFull) Put(part string) error {
	if d[part] {
		return errors.New("no space left on device")
	}
	return nil
}

func TestUploadReportsFailedParts(t *testing.T) {
	u := New(diskFull{"part-2": true})
	got := u.Upload("part-1", "part-2", "part-3")
	if want := []string{"part-2"}; !slices.Equal(got, want) {
		t.Errorf("failed parts %v, want %v", got, want)
	}
}
