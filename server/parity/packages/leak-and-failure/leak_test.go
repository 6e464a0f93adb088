package leak

import "testing"

func TestLeaks(t *testing.T) {
	never := make(chan int)
	go func() { never <- 1 }()
	t.Error("fails as well")
}
