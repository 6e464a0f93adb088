package counter

import "testing"

func TestTotal(t *testing.T) {
	c := New()
	done := make(chan bool)
	go func() {
		c.Hit("/")
		close(done)
	}()
	_ = c.Total()
	<-done
}

func TestQuiet(t *testing.T) {
	if New().Total() != 0 {
		t.Fatal("a new counter is not at zero")
	}
}
