package guard

import (
	"errors"
	"strings"
	"testing"
)

func TestPanicsBecomeErrors(t *testing.T) {
	jobs := []Job{
		func() error { return nil },
		func() error {
			var seen map[string]bool
			seen["x"] = true
			return nil
		},
		func() error { return errors.New("just an error") },
		func() error {
			done := make(chan struct{})
			close(done)
			close(done)
			return nil
		},
		func() error { return nil },
	}
	want := []string{"", "nil map", "just an error", "closed channel", ""}
	for i, err := range Run(2, jobs...) {
		switch {
		case want[i] == "" && err != nil:
			t.Errorf("job %d: %v", i, err)
		case want[i] != "" && (err == nil || !strings.Contains(err.Error(), want[i])):
			t.Errorf("job %d: error %v, want one about %q", i, err, want[i])
		}
	}
}
