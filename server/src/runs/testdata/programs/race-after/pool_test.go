package pool

import (
	"os"
	"testing"
)

var shared int

func TestMain(m *testing.M) {
	code := m.Run()
	done := make(chan bool)
	go func() { shared++; close(done) }()
	shared++
	<-done
	os.Exit(code)
}

func TestOne(t *testing.T) {}
