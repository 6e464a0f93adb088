package counter

import (
	"os"
	"testing"
)

var shared int

func TestMain(m *testing.M) {
	if os.Getenv("MAIN_RACE") != "" {
		done := make(chan bool)
		go func() { shared++; close(done) }()
		shared++
		<-done
	}
	os.Exit(m.Run())
}
