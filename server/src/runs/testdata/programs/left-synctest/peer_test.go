package peer

import (
	"testing"
	"testing/synctest"
)

func TestLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		go New().Exchange(New(), 1)
		synctest.Wait()
	})
}
