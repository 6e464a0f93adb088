package pool

import (
	"os"
	"testing"
)

// What TestMain starts before the tests it can end after them.
func TestMain(m *testing.M) {
	stop := make(chan bool)
	go func() { <-stop }()
	code := m.Run()
	close(stop)
	os.Exit(code)
}

func TestJob(t *testing.T) { Jobs <- 1 }
