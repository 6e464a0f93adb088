package mailbox

import (
	"fmt"
	"testing"
	"time"
)

func TestPollReadsEveryLetter(t *testing.T) {
	m := New(4)
	go func() {
		defer m.Close()
		for i := range 20 {
			if i%5 == 0 {
				time.Sleep(3 * time.Millisecond)
			}
			m.Put(fmt.Sprint("letter ", i))
		}
	}()
	read := 0
	m.Poll(func(letter string) {
		if want := fmt.Sprint("letter ", read); letter != want {
			t.Errorf("read %q, want %q", letter, want)
		}
		read++
	})
	if read != 20 {
		t.Errorf("read %d letters, want 20", read)
	}
}
