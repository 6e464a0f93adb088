package advice

import "testing"

func TestValue(t *testing.T) {
	done := make(chan bool)
	go func() {
		defer close(done)
		if (&Counter{}).Value() != 0 {
			t.Fatal("testinggoroutine finds this, go test does not ask it")
		}
	}()
	<-done
}
