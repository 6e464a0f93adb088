package after

import "testing"

var (
	shared  int
	release = make(chan bool)
	done    = make(chan bool)
)

func TestStarts(t *testing.T) {
	go func() {
		<-release
		shared = 1
		done <- true
	}()
}

func TestMeets(t *testing.T) {
	close(release)
	shared = 2
	<-done
}
