package watcher

import (
	"errors"
	"testing"
)

func TestStopReturnsHandlerError(t *testing.T) {
	errGone := errors.New("file is gone")
	w := New(func(event string) error {
		if event == "remove" {
			return errGone
		}
		return nil
	})
	for _, event := range []string{"create", "write", "remove"} {
		w.Notify(event)
	}
	if err := w.Stop(); !errors.Is(err, errGone) {
		t.Errorf("Stop: %v, want %v", err, errGone)
	}
}
