package channel

import "testing"

var jobs = make(chan int)

func TestTake(t *testing.T) {
	go func() { <-jobs }()
	jobs <- 1
	jobs <- 2
}
