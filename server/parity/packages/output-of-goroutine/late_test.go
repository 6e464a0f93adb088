package late

import (
	"fmt"
	"testing"
)

var begin, done = make(chan bool), make(chan bool)

func TestStarts(t *testing.T) {
	go func() {
		<-begin
		fmt.Println("printed while the next test runs")
		done <- true
	}()
}

func TestNext(t *testing.T) {
	close(begin)
	<-done
}
