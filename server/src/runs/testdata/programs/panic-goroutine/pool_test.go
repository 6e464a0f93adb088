package pool

import (
	"testing"
)

func TestSubmit(t *testing.T) {
	p := New()
	p.Close()
	done := make(chan bool)
	go func() {
		p.Submit(1)
		close(done)
	}()
	<-done
}
