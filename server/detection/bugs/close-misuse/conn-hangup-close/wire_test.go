package wire

import (
	"io"
	"testing"
)

func TestCloseAfterPeerHungUp(t *testing.T) {
	pr, pw := io.Pipe()
	conn := Open(pr)
	go func() {
		io.WriteString(pw, "HELO\nQUIT\n")
		pw.Close()
	}()
	for _, want := range []string{"HELO", "QUIT"} {
		if got := <-conn.Frames(); got != want {
			t.Errorf("frame %q, want %q", got, want)
		}
	}
	<-conn.Done()
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
}
