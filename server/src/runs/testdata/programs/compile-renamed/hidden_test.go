package hits_test

import (
	"testing"

	"sandbox/hits"
)

func TestManyHits(t *testing.T) {
	var c hits.Counter
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
	c.Hit()
}
