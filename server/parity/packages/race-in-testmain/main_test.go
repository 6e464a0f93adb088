package testmain

import (
	"os"
	"testing"
)

var shared int

func TestMain(m *testing.M) {
	code := m.Run()
	done := make(chan bool)
	go func() {
		shared = 1
		close(done)
	}()
	shared = 2
	<-done
	os.Exit(code)
}

func TestPasses(t *testing.T) {}
