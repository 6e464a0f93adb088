package bubble

import (
	"testing"
	"testing/synctest"
)

func TestLeftover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := make(chan int)
		go func() { never <- 1 }()
	})
}
