package counter_test

import (
	"sandbox/counter"
	"testing"
)

func TestHidden(t *testing.T) {
	c := counter.New()
	done := make(chan bool)
	go func() {
		c.Hit("/")
		close(done)
	}()
	_ = c.Page("/")
	<-done
}
