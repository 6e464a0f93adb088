package bubble

import (
	"testing"
	"testing/synctest"
)

func TestFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		t.Cleanup(func() { t.Log("cleanup in the bubble") })
		t.Fatal("fails inside")
	})
}
