package counter_test

import (
	"testing"

	"sandbox/counter"
)

func TestSecretPages(t *testing.T) {
	c := counter.New()
	done := make(chan bool)
	go func() {
		c.Hit("/")
		close(done)
	}()
	_ = c.Page("/")
	<-done
	t.Log("the secret line")
}
