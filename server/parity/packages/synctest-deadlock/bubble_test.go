package bubble

import (
	"testing"
	"testing/synctest"
)

func TestStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		t.Log("nobody sends")
		<-make(chan int)
	})
}
