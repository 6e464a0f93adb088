package late

import "testing"

var begin, done = make(chan bool), make(chan bool)

func TestEnds(t *testing.T) {
	go func() {
		defer close(done)
		<-begin
		t.Log("after the end of its test")
	}()
}

func TestNext(t *testing.T) {
	close(begin)
	<-done
}
