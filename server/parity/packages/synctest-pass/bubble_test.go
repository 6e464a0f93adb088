package bubble

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		done := make(chan bool)
		go func() {
			time.Sleep(24 * time.Hour)
			close(done)
		}()
		<-done
		t.Log("slept", time.Since(start))
		synctest.Wait()
	})
}
