package queue

import "testing"

var ready = make(chan bool)

func TestMain(m *testing.M) {
	// Nobody says that it is ready.
	<-ready
	m.Run()
}

func TestOne(t *testing.T) {}
