package counter

import "testing"

func TestBoth(t *testing.T) {
	c := New()
	done := make(chan bool)
	go func() {
		c.Hit("/")
		close(done)
	}()
	_ = c.Total()
	<-done
	var none *Counter
	none.Hit("/")
}
