package late

import "testing"

var begin, done = make(chan bool), make(chan bool)

func TestParent(t *testing.T) {
	t.Run("child", func(t *testing.T) {
		go func() {
			defer close(done)
			<-begin
			t.Log("goes to the parent")
		}()
	})
	close(begin)
	<-done
}
