package hits_test

import (
	"testing"

	"sandbox/hits"
)

func TestHit(t *testing.T) {
	var c hits.Counter
	c.Hit()
	c.Hit()
}
