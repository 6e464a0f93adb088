package counter_test

import (
	"testing"

	"sandbox/counter"
)

func TestOne(t *testing.T) {
	var c counter.Counter
	c.Hit()
	c.Count()
}
