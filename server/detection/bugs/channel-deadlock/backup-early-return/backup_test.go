package backup

import (
	"errors"
	"testing"
)

var tree = []File{{"a.txt", 10}, {"b.txt", 0}, {"c.txt", 30}, {"d.txt", 5}}

func TestRunSkipsEmptyFiles(t *testing.T) {
	n := 0
	if err := Run(tree, func(File) error { n++; return nil }); err != nil || n != 3 {
		t.Fatalf("Run: %v after %d uploads", err, n)
	}
}

func TestRunReportsFailedUpload(t *testing.T) {
	errQuota := errors.New("quota exceeded")
	err := Run(tree, func(f File) error {
		if f.Size > 8 {
			return errQuota
		}
		return nil
	})
	if !errors.Is(err, errQuota) {
		t.Fatalf("Run = %v, want %v", err, errQuota)
	}
}
