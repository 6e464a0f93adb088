package goroutine

import (
	"fmt"
	"testing"
)

func TestGoroutine(t *testing.T) {
	fmt.Println("before the goroutine")
	never := make(chan int)
	go func() { panic(fmt.Errorf("nobody recovers %d", 7)) }()
	<-never
}
