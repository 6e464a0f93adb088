package counter

import "testing"

func TestAdd(t *testing.T) {
	var c Counter
	done := make(chan bool)
	go func() {
		c.Add()
		close(done)
	}()
	c.Add()
	<-done
	t.Log("counted at least one:", c.Value() > 0)
}

func TestInnocent(t *testing.T) { t.Log("has no race") }
