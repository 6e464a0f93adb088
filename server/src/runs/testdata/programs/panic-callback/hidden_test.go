package pool_test

import (
	"testing"

	"sandbox/pool"
)

func TestJobThatPanics(t *testing.T) {
	pool.Run(func() { panic("thumbnail of a text file") })
}
