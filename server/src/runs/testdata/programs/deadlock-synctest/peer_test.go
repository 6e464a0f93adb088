package peer

import (
	"testing"
	"testing/synctest"
)

func TestFirst(t *testing.T) {}

func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		New().Exchange(New(), 1)
	})
}
