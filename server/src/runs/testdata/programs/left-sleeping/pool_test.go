package pool

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestReap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &Pool{pause: func() { time.Sleep(time.Second) }}
		p.Start()
		synctest.Wait()
	})
}
