package session

import (
	"errors"
	"sync"
	"testing"
)

func TestSendDuringClose(t *testing.T) {
	s := Dial()
	if err := s.Send("hello"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := s.Send("bye"); err != nil && !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	})
	s.Close()
	wg.Wait()
	if err := s.Send("again"); !errors.Is(err, ErrClosed) {
		t.Errorf("Send on a closed session: %v", err)
	}
}
