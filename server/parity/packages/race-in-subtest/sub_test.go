package sub

import "testing"

var shared int

func TestOuter(t *testing.T) {
	t.Run("races", func(t *testing.T) {
		done := make(chan bool)
		go func() {
			shared = 1
			close(done)
		}()
		shared = 2
		<-done
	})
	t.Run("innocent", func(t *testing.T) { t.Log("has no race") })
}
